import { describe, expect, it } from 'vitest';
import { ModelCache } from '../../../src-main/engine/runtime/model-cache.ts';

function model(name: string, log: string[]) {
  return async () => {
    log.push(`open ${name}`);
    return {
      name,
      release: async () => {
        log.push(`release ${name}`);
      },
    };
  };
}

describe('a cache of models', () => {
  it('opens a model once, even for two who ask at the same time', async () => {
    const log: string[] = [];
    const cache = new ModelCache();
    const use = () => cache.use('a', model('a', log), async ({ name }) => name);
    expect(await Promise.all([use(), use()])).toEqual(['a', 'a']);
    expect(await use()).toBe('a');
    expect(log).toEqual(['open a']);
  });

  it('releases what was used least recently', async () => {
    const log: string[] = [];
    const cache = new ModelCache(2);
    for (const name of ['a', 'b', 'a', 'c']) await cache.use(name, model(name, log), async () => null);
    expect(log).toEqual(['open a', 'open b', 'open c', 'release b']);
    expect(cache.size).toBe(2);
  });

  it('never releases what is in use', async () => {
    const log: string[] = [];
    const cache = new ModelCache(1);
    await cache.use('a', model('a', log), async () => {
      await cache.use('b', model('b', log), async () => null);
      expect(log).not.toContain('release a');
    });
    expect(log).toEqual(['open a', 'open b', 'release b']);
  });

  it('forgets a model that could not be opened', async () => {
    const log: string[] = [];
    const cache = new ModelCache();
    const failing = cache.use(
      'a',
      () => Promise.reject(new Error('no such file')),
      async () => null,
    );
    await expect(failing).rejects.toThrow('no such file');
    expect(await cache.use('a', model('a', log), async ({ name }) => name)).toBe('a');
  });
});
