import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { EngineInput } from '../../../src-main/contract/engine-calls.ts';
import { recipe, type RecipeInput, type TrainingState } from '../../../src-main/contract/recipe.ts';
import { openScorer } from '../../../src-main/engine/open-scorer.ts';
import { createSession } from '../../../src-main/engine/runtime/create-session.ts';
import { runTraining } from '../../../src-main/engine/train/run-training.ts';
import { readSafetensors } from '../../../src-main/engine/weights/read-safetensors.ts';
import { writeSafetensors } from '../../../src-main/engine/weights/write-safetensors.ts';
import { asScorer, loadPack } from '../../../src-main/packs/load-pack.ts';
import { sealPack } from '../../../src-main/services/train-pack.ts';
import { makeFolder } from '../../packs/make-pack.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { scoreRows } from '../scoring/encoder/scorer-fixture.ts';

const folderOf = (name: string): string => resolve(import.meta.dirname, '../../fixtures/scorers', name);

const random = seededRandom(3);
const words = ['heat', 'pump', 'fuel', 'optical', 'abatement', 'of', 'pollution', 'x'];
const phrase = (most: number): string =>
  Array.from({ length: 1 + Math.floor(random() * most) }, () => words[Math.floor(random() * 8)]).join(' ');
const rows = Array.from({ length: 40 }, (_, row) => ({
  texts: [phrase(2), phrase(3), `human necessities ${row % 3}`] as const,
  score: (row % 5) / 4,
  held: row % 4 === 0,
}));

async function input(settings: RecipeInput): Promise<EngineInput<'training.run'>> {
  return {
    folder: await makeFolder(),
    recipe: recipe.parse({ epochs: 2, batchSize: 8, maxLength: 32, learningRate: 5e-3, ...settings }),
    pack: null,
    builtInTokeniser: resolve(import.meta.dirname, '../../../models/retriever-static-1/tokenizer.json'),
    dataHash: 'rows',
    ...scoreRows(rows.map(({ texts }) => texts)),
    scores: Float32Array.from(rows, ({ score }) => score),
    heldOut: Uint8Array.from(rows, ({ held }) => (held ? 1 : 0)),
  };
}

async function train(settings: RecipeInput) {
  const asked = await input(settings);
  const told: TrainingState[] = [];
  const outcome = await runTraining(asked, {
    checkpoint: async () => undefined,
    signal: new AbortController().signal,
    tell: (state) => void told.push(state),
    log: () => undefined,
  });
  return { folder: join(asked.folder, 'pack'), outcome, told };
}

/** What the pack of trained files scores, as the product opens it. */
async function packScores(folder: string, files: readonly string[]): Promise<Float32Array> {
  await sealPack(folder, files, {
    id: 'trained',
    name: 'Trained',
    version: '1.0.0',
    description: '',
    maxLength: 32,
    licence: 'none',
    provenance: { command: 'none', seed: 1, data: [] },
    metrics: [],
    inputForm: 'anchor-target-context',
    output: {
      activation: 'sigmoid',
      calibration: { raw: [0, 1], score: [0, 1] },
      ratingCuts: [0.2, 0.4, 0.6, 0.8],
    },
  });
  const scorer = await openScorer(asScorer(await loadPack(folder)), createSession);
  const held = rows.filter(({ held: each }) => each).map(({ texts }) => texts);
  const scores = await scorer.score(scoreRows(held), 'pair');
  await scorer.release();
  return scores;
}

const recipes: readonly (readonly [string, RecipeInput])[] = [
  ['BERT', { encoder: { kind: 'folder', path: folderOf('bert') }, pooling: 'cls' }],
  ['ELECTRA', { encoder: { kind: 'folder', path: folderOf('electra') } }],
  ['RoBERTa', { encoder: { kind: 'folder', path: folderOf('roberta') } }],
  ['DeBERTa-v2', { encoder: { kind: 'folder', path: folderOf('deberta-v2') } }],
  ['DeBERTa-v3', { encoder: { kind: 'folder', path: folderOf('deberta-v3') }, pooling: 'cls' }],
  [
    'a fresh ELECTRA',
    {
      encoder: {
        kind: 'fresh',
        family: 'electra',
        hidden: 32,
        tokeniser: { kind: 'built-in', vocabulary: 3000 },
      },
    },
  ],
  [
    'a fresh DeBERTa',
    {
      encoder: {
        kind: 'fresh',
        family: 'deberta-v2',
        hidden: 32,
        tokeniser: { kind: 'built-in', vocabulary: 3000 },
      },
    },
  ],
  [
    'a DeBERTa with adapters, which are merged',
    { encoder: { kind: 'folder', path: folderOf('deberta-v3') }, adapters: { rank: 2, alpha: 4 } },
  ],
  [
    'a BERT with adapters, which are merged',
    { encoder: { kind: 'folder', path: folderOf('bert') }, adapters: {} },
  ],
];

describe('a recipe trains', { timeout: 30_000 }, () => {
  it.each(recipes)('%s, and its pack scores what the trained weights do', async (_, settings) => {
    const { folder, outcome, told } = await train(settings);
    expect(outcome.history).toHaveLength(2);
    expect(told.at(-1)).toMatchObject({ step: 8, steps: 8, device: { used: 'cpu' } });
    const scores = await packScores(folder, outcome.files);
    const trained = Array.from(outcome.heldOutLogits, (logit) => 1 / (1 + Math.exp(-logit)));
    expect(scores).toHaveLength(10);
    for (const [row, score] of scores.entries())
      expect(Math.abs(score - (trained[row] ?? NaN))).toBeLessThan(2e-6);
    // Rows of which the scores differ, so that the comparison says something.
    expect(Math.max(...trained) - Math.min(...trained)).toBeGreaterThan(1e-3);
  });

  it('adapters into the weights they belong to, and leaves all others as they were', async () => {
    const { folder } = await train({
      encoder: { kind: 'folder', path: folderOf('electra') },
      adapters: { rank: 2, alpha: 4 },
    });
    const before = readSafetensors(readFileSync(join(folderOf('electra'), 'model.safetensors')));
    const after = readSafetensors(readFileSync(join(folder, 'model.safetensors')));
    const changed = [...after.keys()].filter((name) => {
      const old = [...before].find(([key]) => key === name || key.endsWith(`.${name}`))?.[1];
      return old !== undefined && !Buffer.from(old.bytes).equals(Buffer.from(after.get(name)?.bytes ?? []));
    });
    expect(changed.filter((name) => /(query|value)\.weight$/.test(name)).length).toBeGreaterThan(0);
    expect(changed.filter((name) => !/(^head\.|(query|value)\.weight$)/.test(name))).toEqual([]);
    expect([...after.keys()].filter((name) => /adapter|lora/i.test(name))).toEqual([]);
  });

  it('from weights in shards what it trains from one file', async () => {
    const sharded = await makeFolder();
    cpSync(folderOf('bert'), sharded, { recursive: true });
    const path = join(sharded, 'model.safetensors');
    const stored = [...readSafetensors(readFileSync(path))];
    const places = stored.map(
      ([name], at) => [name, `model-0000${(at % 2) + 1}-of-00002.safetensors`] as const,
    );
    for (const file of new Set(places.map(([, each]) => each))) {
      const part = stored.filter((_, at) => places[at]?.[1] === file);
      await writeSafetensors(join(sharded, file), Object.fromEntries(part));
    }
    writeFileSync(`${path}.index.json`, JSON.stringify({ weight_map: Object.fromEntries(places) }));
    rmSync(path);
    const [whole, parts] = [
      await train({ encoder: { kind: 'folder', path: folderOf('bert') } }),
      await train({ encoder: { kind: 'folder', path: sharded } }),
    ];
    expect(parts.outcome).toEqual(whole.outcome);
  });
});
