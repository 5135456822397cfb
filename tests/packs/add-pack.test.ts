import { appendFile, mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { addPack } from '../../src-main/packs/add-pack.ts';
import { verifyPack } from '../../src-main/packs/verify-pack.ts';
import { makeFolder, makePack } from './make-pack.ts';

describe('adding a pack', () => {
  it('copies it under its id and hash, whole', async () => {
    const source = await makePack(await makeFolder());
    const packs = join(await makeFolder(), 'packs');
    const pack = await addPack(source, packs);
    expect(await readdir(packs)).toEqual([`tiny-retriever-${pack.hash.slice(0, 12)}`]);
    expect(await readFile(join(pack.dir, 'onnx/model.onnx'), 'utf8')).toBe('not really a graph');
    expect((await verifyPack(pack.dir)).ok).toBe(true);
  });

  it('leaves a sound copy alone and mends a damaged one', async () => {
    const source = await makePack(await makeFolder());
    const packs = await makeFolder();
    const first = await addPack(source, packs);
    expect((await addPack(source, packs)).dir).toBe(first.dir);
    await appendFile(join(first.dir, 'tokenizer.json'), 'x');
    await addPack(source, packs);
    expect((await verifyPack(first.dir)).ok).toBe(true);
    expect(await readdir(packs)).toHaveLength(1);
  });

  it.each([
    ['tampered', (dir: string) => writeFile(join(dir, 'tokenizer.json'), '[]'), 'pack-tampered'],
    ['extended by a script', (dir: string) => writeFile(join(dir, 'setup.py'), ''), 'pack-invalid'],
  ])('refuses one that was %s and leaves nothing behind', async (_, damage, code) => {
    const source = await makePack(await makeFolder());
    await damage(source);
    const packs = await makeFolder();
    await expect(addPack(source, packs)).rejects.toMatchObject({ code });
    expect(await readdir(packs)).toEqual([]);
  });

  it('serves two who add the same pack at once', async () => {
    const source = await makePack(await makeFolder());
    const packs = await makeFolder();
    const added = await Promise.all([addPack(source, packs), addPack(source, packs), addPack(source, packs)]);
    expect(new Set(added.map(({ dir }) => dir)).size).toBe(1);
    expect(await readdir(packs)).toHaveLength(1);
  });

  it('removes an old unfinished copy and keeps a fresh one', async () => {
    const packs = await makeFolder();
    await mkdir(join(packs, '.adding-old'));
    await mkdir(join(packs, '.adding-new'));
    await utimes(join(packs, '.adding-old'), new Date(0), new Date(0));
    await addPack(await makePack(await makeFolder()), packs);
    expect((await readdir(packs)).filter((name) => name.startsWith('.'))).toEqual(['.adding-new']);
  });
});
