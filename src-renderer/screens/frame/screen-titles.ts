import type { ScreenName } from '../../state/navigation.svelte.ts';

/** The name of each screen. */
export const screenTitles: Readonly<Record<ScreenName, string>> = {
  lookup: 'Lookup',
  import: 'Import',
  sheets: 'Sheets',
  jobs: 'Jobs',
};
