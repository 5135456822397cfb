import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findPacks } from '../../src-main/packs/find-packs.ts';
import { makeFolder, makePack } from './make-pack.ts';

describe('finding packs', () => {
  it('lists built-in packs before those of the user, and a broken one beside the others', async () => {
    const [models, user] = [await makeFolder(), await makeFolder()];
    await makePack(join(models, 'good'));
    await mkdir(join(models, 'empty'));
    await writeFile(join(models, 'README.md'), 'no folder, no pack');
    await mkdir(join(user, '.adding-1'));
    await makePack(join(user, 'mine'), (manifest) => ({ ...manifest, id: 'mine' }));
    const found = await findPacks([
      { dir: models, builtin: true },
      { dir: user, builtin: false },
    ]);
    expect(found.map((pack) => [pack.builtin, pack.ok ? pack.pack.manifest.id : pack.error.code])).toEqual([
      [true, 'pack-missing'],
      [true, 'tiny-retriever'],
      [false, 'mine'],
    ]);
  });

  it('does not repeat a pack that lies in two places', async () => {
    const [models, user] = [await makeFolder(), await makeFolder()];
    await makePack(join(models, 'one'));
    await cp(join(models, 'one'), join(user, 'two'), { recursive: true });
    const found = await findPacks([
      { dir: models, builtin: true },
      { dir: user, builtin: false },
    ]);
    expect(found.map(({ builtin }) => builtin)).toEqual([true]);
  });

  it('finds nothing where the folder does not exist', async () => {
    expect(await findPacks([{ dir: join(await makeFolder(), 'none'), builtin: false }])).toEqual([]);
  });
});
