import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { recipe as schema } from '../../src-main/contract/recipe.ts';
import { parseRecipe, readRecipe, recipeNames } from '../../src-main/services/train-recipe.ts';

const resources = resolve(import.meta.dirname, '../../resources');
const parse = (recipe: unknown) => parseRecipe(JSON.stringify(recipe), '/folder/mine.json');

describe('a recipe', () => {
  it('has a default for every field', () => {
    expect(parse({})).toEqual(schema.parse({}));
    expect(parse({})).toMatchObject({
      encoder: { kind: 'fresh', family: 'bert', tokeniser: { kind: 'built-in' } },
      holdOut: { kind: 'anchor-disjoint', share: 0.15 },
      schedule: { kind: 'linear', warmUp: 0.1 },
      device: 'cpu',
      seed: 42,
    });
  });

  it('is the same after it was stored and read again', () => {
    const once = parse({ encoder: { kind: 'pack', id: 'mine' }, loss: 'mse', clipNorm: null });
    expect(parse(once)).toEqual(once);
  });

  it.each([
    [{ epochs: 0 }, 'epochs: found 0, expected at least 1'],
    [{ epochs: 'many' }, 'epochs: found "many", expected a number'],
    [{ learningRate: -1 }, 'learningRate: found -1'],
    [{ batchsize: 3 }, 'expected no "batchsize" here'],
    [{ pooling: 'max' }, 'pooling: found "max", expected one of "cls", "mean"'],
    [{ holdOut: { share: 0.9 } }, 'holdOut.share: found 0.9, expected at most 0.5'],
    [{ encoder: { kind: 'old' } }, 'encoder.kind'],
    [{ encoder: { kind: 'pack' } }, 'encoder.id: found nothing'],
    [{ encoder: { kind: 'fresh', hidden: 100, heads: 3 } }, 'encoder.heads: found 3, expected a divisor'],
    [{ frozenLayers: 5 }, 'frozenLayers: found 5, expected at most encoder.layers (2)'],
    [{ batchSize: 1000, accumulation: 5 }, 'accumulation: found 5, expected batchSize times accumulation'],
    [{ format: 2 }, 'format: found 2'],
    [[], 'found a list of 0, expected an object'],
  ])('names the field that is wrong: %j', (recipe, message) => {
    expect(() => parse(recipe)).toThrow(message);
  });

  it('finds its folders from where its file is', () => {
    expect(parse({ encoder: { kind: 'folder', path: '../model' } }).encoder).toEqual({
      kind: 'folder',
      path: resolve('/model'),
    });
    const fresh = { kind: 'fresh', tokeniser: { kind: 'folder', path: 'words' } };
    expect(parse({ encoder: fresh }).encoder).toMatchObject({
      tokeniser: { path: resolve('/folder/words') },
    });
  });
});

describe('readRecipe', () => {
  it('reads every recipe that comes with Priorphrase', async () => {
    const names = await recipeNames(resources);
    expect(names).toEqual(['small', 'tiny']);
    for (const name of names) expect((await readRecipe(name, resources)).name).toBe(name);
  });

  it('reads a file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'priorphrase-recipe-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const path = join(folder, 'mine.json');
    writeFileSync(path, '{"epochs": 7}');
    expect(await readRecipe(path, resources)).toMatchObject({ name: 'mine', recipe: { epochs: 7 } });
    writeFileSync(path, '{"epochs": 7');
    await expect(readRecipe(path, resources)).rejects.toThrow('is not valid JSON');
  });

  it('says which recipes there are where it finds none', async () => {
    await expect(readRecipe('huge', resources)).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('There is no recipe "huge"') as string,
      details: { expected: ['small', 'tiny'] },
    });
    await expect(readRecipe('nowhere/huge.json', resources)).rejects.toMatchObject({ code: 'not-found' });
  });
});
