import { deviceWords } from '../contract/device.ts';
import type { Engine } from '../engine-client/engine.ts';

/** What to tell the user where a device was asked for and cannot be used: no fallback is silent. Null: nothing. */
export async function deviceNotice(engine: Pick<Engine, 'call'>): Promise<string | null> {
  if ((process.env['PRIORPHRASE_DEVICE'] ?? 'cpu') === 'cpu') return null;
  const { device } = await engine.call('engine.status', {});
  return device === null || device.asked === device.used ? null : deviceWords(device);
}
