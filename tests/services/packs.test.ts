import { appendFile, cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createPacks, packRefOf } from '../../src-main/services/packs.ts';
import { makeFolder, makePack } from '../packs/make-pack.ts';

const scorer = (id: string) => (manifest: Record<string, unknown>) => {
  const { dimensions: _dimensions, family: _family, kind: _kind, ...common } = manifest;
  return {
    ...common,
    id,
    kind: 'scorer',
    family: 'feature-trees',
    modes: ['pair'],
    inputForm: 'features-1',
    output: { calibration: { raw: [0, 1], score: [0, 1] }, ratingCuts: [0.2, 0.4, 0.6, 0.8] },
  };
};

async function installation() {
  const [modelsDir, dataDir] = [await makeFolder(), await makeFolder()];
  await makePack(join(modelsDir, 'retriever-static-1'));
  await makePack(join(modelsDir, 'scorer-trees-1'), scorer('scorer-trees-1'));
  return { modelsDir, dataDir };
}

describe('the packs of an installation', () => {
  it('are the built-in ones by default', async () => {
    const { modelsDir, dataDir } = await installation();
    const packs = createPacks({ modelsDir, dataDir });
    const retriever = await packs.retriever();
    expect(retriever.manifest.id).toBe('tiny-retriever');
    expect(packRefOf(retriever)).toEqual({
      dir: join(modelsDir, 'retriever-static-1'),
      hash: retriever.hash,
    });
    expect((await packs.scorer()).manifest.id).toBe('scorer-trees-1');
    expect(await packs.list()).toEqual([
      expect.objectContaining({
        id: 'tiny-retriever',
        kind: 'retriever',
        builtin: true,
        inUse: true,
        bytes: 20,
      }),
      expect.objectContaining({ id: 'scorer-trees-1', kind: 'scorer', builtin: true, inUse: true }),
    ]);
  });

  it('may be joined by a scorer of the user, which is used when it is chosen', async () => {
    const { modelsDir, dataDir } = await installation();
    await makePack(join(dataDir, 'packs/mine'), scorer('mine'));
    const packs = createPacks({ modelsDir, dataDir, scorerId: 'mine' });
    expect((await packs.scorer()).manifest.id).toBe('mine');
    expect((await packs.list()).map(({ id, builtin, inUse }) => [id, builtin, inUse])).toEqual([
      ['tiny-retriever', true, true],
      ['scorer-trees-1', true, false],
      ['mine', false, true],
    ]);
  });

  it('do not contain a scorer that nobody has', async () => {
    const packs = createPacks({ ...(await installation()), scorerId: 'yours' });
    await expect(packs.scorer()).rejects.toMatchObject({
      code: 'pack-missing',
      details: { found: 'yours', expected: ['scorer-trees-1'] },
    });
    expect((await packs.list()).map(({ inUse }) => inUse)).toEqual([true, false]);
  });

  it('do not take a retriever for a scorer', async () => {
    const packs = createPacks({ ...(await installation()), scorerId: 'tiny-retriever' });
    await expect(packs.scorer()).rejects.toMatchObject({ code: 'pack-invalid' });
  });

  it('are missed where the installation is incomplete, until it is mended', async () => {
    const { modelsDir, dataDir } = await installation();
    const empty = await makeFolder();
    const packs = createPacks({ modelsDir: empty, dataDir });
    await expect(packs.retriever()).rejects.toMatchObject({ code: 'pack-missing' });
    expect(await packs.list()).toEqual([]);
    await cp(modelsDir, empty, { recursive: true });
    expect((await packs.retriever()).manifest.id).toBe('tiny-retriever');
  });

  it('that are broken are told apart and do not hide the others', async () => {
    const { modelsDir, dataDir } = await installation();
    await mkdir(join(dataDir, 'packs/broken'), { recursive: true });
    await writeFile(join(dataDir, 'packs/broken/pack.json'), '{}');
    const packs = createPacks({ modelsDir, dataDir });
    expect(await packs.list()).toHaveLength(2);
    expect(await packs.broken()).toEqual([
      expect.objectContaining({
        dir: join(dataDir, 'packs/broken'),
        error: expect.objectContaining({ code: 'pack-invalid' }),
      }),
    ]);
  });

  it('are verified one by one', async () => {
    const { modelsDir, dataDir } = await installation();
    await appendFile(join(modelsDir, 'scorer-trees-1/tokenizer.json'), ' ');
    await makePack(join(dataDir, 'packs/none'), () => null);
    const reports = await createPacks({ modelsDir, dataDir }).verify();
    expect(reports.map(({ ok, error }) => [ok, error?.code ?? null])).toEqual([
      [true, null],
      [false, 'pack-tampered'],
      [false, 'pack-invalid'],
    ]);
  });
});
