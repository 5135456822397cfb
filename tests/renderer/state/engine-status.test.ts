import { describe, expect } from 'vitest';
import { EngineStatus } from '../../../src-renderer/state/engine-status.svelte.ts';
import { fakeApi } from '../support/fake-api.ts';
import { settle, testWithEffect } from '../support/with-effect.svelte.ts';

describe('EngineStatus', () => {
  testWithEffect('follows the engine and tells when it is ready again', async () => {
    const api = fakeApi();
    const engine = new EngineStatus(api);
    await engine.refresh();
    let back = 0;
    const stop = engine.follow(() => back++);
    api.emit('engine.changed', { state: 'restarting', reason: 'It ended with code 9.' });
    expect([engine.state, engine.reason, back]).toEqual(['restarting', 'It ended with code 9.', 0]);
    api.emit('engine.changed', { state: 'ready', reason: null });
    api.emit('engine.changed', { state: 'ready', reason: null });
    expect([engine.state, back]).toEqual(['ready', 1]);
    stop();
    api.emit('engine.changed', { state: 'failed', reason: null });
    expect(engine.state).toBe('ready');
  });

  testWithEffect('counts the phrases again when the libraries change', async () => {
    const api = fakeApi();
    const engine = new EngineStatus(api);
    await engine.refresh();
    engine.follow(() => {});
    const info = await api.call('app.info', {});
    api.answer('app.info', () => ({ ...info, phrases: 7 }));
    api.emit('libraries.changed', {});
    await settle();
    expect(engine.info?.phrases).toBe(7);
  });
});
