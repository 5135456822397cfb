import { afterEach, describe, expect, it, vi } from 'vitest';
import type { DeviceChoice } from '../../src-main/contract/device.ts';
import type { Engine } from '../../src-main/engine-client/engine.ts';
import { deviceNotice } from '../../src-main/services/device-notice.ts';

const engineOn = (device: DeviceChoice | null) => {
  const call = vi.fn(async () => ({ pid: 1, rss: 1, sessions: 1, device }));
  return { call } as unknown as Pick<Engine, 'call'> & { readonly call: typeof call };
};
const refused = { asked: 'cuda', used: 'cpu', reason: 'no driver' };

afterEach(() => vi.unstubAllEnvs());

describe('the notice of a device', () => {
  it('says that the one asked for cannot be used, and why', async () => {
    vi.stubEnv('PRIORPHRASE_DEVICE', 'cuda');
    expect(await deviceNotice(engineOn(refused))).toMatch(/cuda cannot be used.*no driver/);
  });

  it.each([[{ asked: 'cuda', used: 'cuda', reason: null }], [null]])('is none for %j', async (device) => {
    vi.stubEnv('PRIORPHRASE_DEVICE', 'cuda');
    expect(await deviceNotice(engineOn(device))).toBeNull();
  });

  it('asks nothing where no device was asked for', async () => {
    vi.stubEnv('PRIORPHRASE_DEVICE', undefined);
    const engine = engineOn(refused);
    expect(await deviceNotice(engine)).toBeNull();
    expect(engine.call).not.toHaveBeenCalled();
  });
});
