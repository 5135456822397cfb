import { settings as schema, type CallParsed, type Settings } from '../contract/calls.ts';
import { readSetting, writeSetting } from '../store/tables/setting.ts';
import type { LookupContext } from './context.ts';

type Context = Pick<LookupContext, 'store'>;

const defaults: Settings = { theme: 'system', limit: 100 };

/** The user's settings; one that was never set, or that this version cannot read, is at its default. */
export function getSettings({ store }: Context): Settings {
  const { theme, limit } = schema.shape;
  return {
    theme: theme.catch(defaults.theme).parse(readSetting(store, 'theme')),
    limit: limit.catch(defaults.limit).parse(readSetting(store, 'limit')),
  };
}

/** Changes the given settings and gives all of them. */
export function setSettings(context: Context, changes: CallParsed<'settings.set'>): Settings {
  const { store } = context;
  store.transaction(() => {
    for (const [key, value] of Object.entries(changes))
      if (value !== undefined) writeSetting(store, key, value);
  });
  return getSettings(context);
}
