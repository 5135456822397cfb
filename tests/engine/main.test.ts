import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PackRef } from '../../src-main/contract/engine-calls.ts';
import { createEngineClient } from '../../src-main/engine-client/engine-client.ts';
import { forkEngine } from '../../src-main/engine-client/fork-engine.ts';
import { loadPack } from '../../src-main/packs/load-pack.ts';
import { runs, until } from '../engine-client/fixture-client.ts';
import { makeFolder } from '../packs/make-pack.ts';
import { makeRetrieverPack } from './retrieval/make-retriever-pack.ts';

const entry = resolve(import.meta.dirname, '../../src-main/engine/main.ts');
const engine = createEngineClient({
  spawn: forkEngine(entry),
  backOff: { firstMs: 5, mostMs: 40, deaths: 5 },
});
const many = Array.from({ length: 20_000 }, (_, i) => `heat pump ${i} of pollution`);
let pack: PackRef;

async function packRef(name: string): Promise<PackRef> {
  const dir = await makeRetrieverPack(await makeFolder(), (manifest) => ({ ...manifest, name }));
  return { dir, hash: (await loadPack(dir)).hash };
}

const embed = async (phrases: string[], signal?: AbortSignal) =>
  (await engine.call('retriever.embed', { pack, phrases }, signal)).vectors;
const pid = async () => (await engine.call('engine.status', {})).pid;

describe('the engine process', () => {
  beforeAll(async () => {
    pack = await packRef('Good');
  });
  afterAll(() => engine.stop());

  it('answers many calls at once, each as if it were alone', async () => {
    const [all, first, last] = await Promise.all([
      embed(many),
      embed(many.slice(0, 1)),
      embed(many.slice(-1)),
    ]);
    expect(all.subarray(0, 8)).toEqual(first);
    expect(all.subarray(-8)).toEqual(last);
  });

  it('killed in the middle of a call is replaced, and the answer is the same', async () => {
    const expected = await embed(many);
    const before = await pid();
    const call = embed(many);
    await embed(['heat']);
    process.kill(before, 'SIGKILL');
    expect(await call).toEqual(expected);
    expect(await pid()).not.toBe(before);
  });

  it('drops a cancelled call and stays the same process', async () => {
    const before = await pid();
    const abort = new AbortController();
    const call = embed(many, abort.signal);
    await embed(['heat']);
    abort.abort();
    await expect(call).rejects.toMatchObject({ code: 'cancelled' });
    expect((await embed(['heat'])).length).toBe(8);
    expect(await pid()).toBe(before);
  });

  it('refuses a pack that was tampered with, and goes on', async () => {
    const bad = await packRef('Bad');
    await writeFile(join(bad.dir, 'tokenizer.json'), '{}');
    const call = engine.call('retriever.embed', { pack: bad, phrases: ['heat'] });
    await expect(call).rejects.toMatchObject({ code: 'pack-tampered', details: { file: 'tokenizer.json' } });
    expect((await embed(['heat'])).length).toBe(8);
  });

  it('says which device it uses where the one asked for does not work', async () => {
    let output = '';
    const other = createEngineClient({
      spawn: forkEngine(entry, {
        env: { PRIORPHRASE_DEVICE: 'imagined' },
        onOutput: (text) => (output += text),
      }),
    });
    const { vectors } = await other.call('retriever.embed', { pack, phrases: ['heat'] });
    expect(vectors).toEqual(await embed(['heat']));
    await until(() => /The device imagined cannot be used, the processor is/.test(output));
    await other.stop();
  });
});

describe('the engine without a parent', () => {
  it('ends when its parent is killed', async () => {
    const parent = spawn(process.execPath, [join(import.meta.dirname, 'fixtures/parent.mjs'), entry]);
    const [line] = (await once(parent.stdout, 'data')) as [Buffer];
    const child = Number(line.toString());
    expect(runs(child)).toBe(true);
    parent.kill('SIGKILL');
    await until(() => !runs(child));
  });

  it('says that it is not to be started by hand', async () => {
    const child = spawn(process.execPath, [entry]);
    let output = '';
    child.stderr.on('data', (text: Buffer) => (output += text.toString()));
    const [code] = (await once(child, 'close')) as [number];
    expect([code, output]).toEqual([1, expect.stringContaining('started by the application')]);
  });
});
