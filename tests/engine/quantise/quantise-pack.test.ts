import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openScorer } from '../../../src-main/engine/open-scorer.ts';
import {
  quantisePack,
  type MeasuredRow,
  type QuantiseSettings,
} from '../../../src-main/engine/quantise/quantise-pack.ts';
import { createSession } from '../../../src-main/engine/runtime/create-session.ts';
import type { CreateSession } from '../../../src-main/engine/runtime/session.ts';
import { asScorer, loadPack } from '../../../src-main/packs/load-pack.ts';
import { verifyPack } from '../../../src-main/packs/verify-pack.ts';
import { makeFolder } from '../../packs/make-pack.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import {
  builtGraph,
  makeEncoderPack,
  scoreRows,
  type ChangeParameter,
} from '../scoring/encoder/scorer-fixture.ts';

const create: CreateSession = (onnx) => createSession(onnx, { threads: 2 });
const settingsIn = async (more: Partial<QuantiseSettings> = {}): Promise<QuantiseSettings> => ({
  createSession: create,
  folder: join(await makeFolder(), 'int8'),
  ...more,
});
const open = async (dir: string) => openScorer(asScorer(await loadPack(dir)), create);

const random = seededRandom(11);
const words = [
  'heat',
  'pump',
  'of',
  'pollution',
  'abatement',
  'fuel',
  'polyethylenes',
  'x',
  'optical',
  'the',
];
const phrase = (most: number): string =>
  Array.from({ length: 1 + Math.floor(random() * most) }, () => words[Math.floor(random() * 10)]).join(' ');
const texts = Array.from({ length: 200 }, () => [phrase(2), phrase(3), phrase(5)] as const);

/** Rows whose labels are what the pack's own scores say, so that the float model's Pearson is 1. */
async function labelled(dir: string): Promise<MeasuredRow[]> {
  const scorer = await open(dir);
  const scores = await scorer.score(scoreRows(texts), 'pair');
  await scorer.release();
  return texts.map(([anchor, target, contextText], row) => ({
    anchor,
    target,
    contextText,
    label: scores[row] as number,
  }));
}

/**
 * Weights a million times as large as the others, for a number that is always 0: they change nothing, but leave the other weights of
 * their column no steps between 0 and themselves.
 */
const absurd: ChangeParameter = (name, numbers, shape) => {
  if (/LayerNorm\.(weight|bias)$/.test(name)) numbers[0] = 0;
  if (!/(query|key|value|intermediate\.dense)\.weight$/.test(name)) return;
  const inputs = shape[1] as number;
  for (let at = 0; at < numbers.length; at += inputs) numbers[at] = 1e6;
};

describe('quantising a pack', () => {
  it('whose scores stay what they were makes a new one that runs the int8 graph', async () => {
    const dir = await makeEncoderPack('bert', await builtGraph('bert'), undefined, {
      'model.safetensors': 'weights',
    });
    const before = await loadPack(dir);
    const rows = await labelled(dir);
    const settings = await settingsIn({
      measured: { split: 'made up', command: 'none' },
      called: { id: 'tiny-int8', name: 'Tiny, 8 bits' },
    });
    const report = await quantisePack({ dir, hash: before.hash }, rows, settings);
    expect(report).toMatchObject({ accepted: true, rows: 200, maxDrop: 0.005 });
    expect(report.pearson.float).toBeCloseTo(1, 9);
    expect(report.pearson.int8).toBeGreaterThan(0.995);
    expect(report.pearson.int8).toBeLessThan(1);
    expect(report.message).toMatch(
      /Pearson on 200 rows is 1\.0000 with 32-bit weights and is 0\.99\d\d with 8-bit weights\.$/,
    );
    expect(report.bytes.int8).toBeLessThan(report.bytes.float);

    expect((await verifyPack(settings.folder)).ok).toBe(true);
    const pack = asScorer(await loadPack(settings.folder));
    expect(pack.hash).toBe(report.hash);
    expect(report.hash).not.toBe(before.hash);
    expect(pack.manifest).toMatchObject({
      ...settings.called,
      graph: 'onnx/model_quantized.onnx',
      metrics: [
        { name: 'pearson', value: report.pearson.int8, mode: 'pair', rows: 200, ...settings.measured },
      ],
    });
    // All that the copied pack had but the graph that does not run: training can go on from it.
    expect(Object.keys(pack.manifest.files).sort()).toEqual(
      [
        ...Object.keys(before.manifest.files).filter((file) => file !== 'onnx/model.onnx'),
        'onnx/model_quantized.onnx',
      ].sort(),
    );
    expect((await loadPack(dir)).hash).toBe(before.hash);
    expect((await verifyPack(dir)).ok).toBe(true);
  });

  it('again is the same again, whatever is in the folder', async () => {
    const dir = await makeEncoderPack('roberta', await builtGraph('roberta'));
    const rows = await labelled(dir);
    const settings = await settingsIn();
    const first = await quantisePack({ dir }, rows, settings);
    expect(await quantisePack({ dir }, rows, settings)).toEqual(first);
    expect((await verifyPack(settings.folder)).ok).toBe(true);
  });

  it('leaves a score the same to the last bit whatever else is asked', async () => {
    const dir = await makeEncoderPack('deberta-v3', await builtGraph('deberta-v3'));
    const settings = await settingsIn({ maxDrop: 1 });
    await quantisePack({ dir }, await labelled(dir), settings);
    const scorer = await open(settings.folder);
    const all = [...(await scorer.score(scoreRows(texts), 'pair'))];
    const order = texts.map((_, row) => (row * 7) % 200);
    const turned = await scorer.score(scoreRows(order.map((row) => texts[row] as (typeof texts)[0])), 'pair');
    expect([...turned]).toEqual(order.map((row) => all[row]));
    for (let row = 0; row < 200; row += 17) {
      expect((await scorer.score(scoreRows(texts.slice(row, row + 1)), 'pair'))[0]).toBe(all[row]);
    }
    await scorer.release();
  });

  it('is refused where Pearson drops by more than allowed, with both figures, and nothing is written', async () => {
    const dir = await makeEncoderPack('bert', await builtGraph('bert', absurd));
    const settings = await settingsIn();
    const report = await quantisePack({ dir }, await labelled(dir), settings);
    expect(report).toMatchObject({ accepted: false, hash: null });
    expect(report.pearson.float).toBeCloseTo(1, 9);
    expect(report.pearson.int8).toBeLessThan(0.995);
    const figures = `is 1.0000 with 32-bit weights and is ${report.pearson.int8?.toFixed(4)} with 8-bit weights`;
    expect(report.message).toContain(`${figures}, a drop of more than 0.005: no pack was made.`);
    expect(existsSync(settings.folder)).toBe(false);
    const allowed = await quantisePack({ dir }, await labelled(dir), { ...settings, maxDrop: 2 });
    expect(allowed.accepted).toBe(true);
  });

  it('that is cancelled leaves no pack', async () => {
    const dir = await makeEncoderPack('bert', await builtGraph('bert'));
    const rows = await labelled(dir);
    let passed = 0;
    const checkpoint = async () => {
      if (++passed === 6) throw new Error('enough');
    };
    const settings = await settingsIn({ checkpoint });
    await expect(quantisePack({ dir }, rows, settings)).rejects.toThrow('enough');
    expect(existsSync(settings.folder) ? readdirSync(settings.folder) : []).toEqual([]);
  });

  it.each([
    ['of one label', (row: MeasuredRow) => ({ ...row, label: 0.5 }), /Pearson cannot be computed/],
    ['with a label out of range', (row: MeasuredRow) => ({ ...row, label: 2 }), /Row 1 has the label 2; expected a number from 0 to 1/],
    ['with no label', (row: MeasuredRow) => ({ ...row, label: NaN }), /Row 1 has the label NaN/],
  ])('is refused with rows %s', async (_, change, message) => {
    const dir = await makeEncoderPack('bert', await builtGraph('bert'));
    const rows = (await labelled(dir)).slice(0, 20).map(change);
    await expect(quantisePack({ dir }, rows, await settingsIn())).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringMatching(message),
    });
  }); // prettier-ignore

  it('is refused for a pack that is no encoder, or has weights of 8 bits already', async () => {
    const trees = join(import.meta.dirname, '../../../models/scorer-trees-1');
    const settings = await settingsIn();
    await expect(quantisePack({ dir: trees }, [], settings)).rejects.toThrow(
      /of the family feature-trees; only encoders/,
    );
    const dir = await makeEncoderPack('bert', await builtGraph('bert'));
    const rows = await labelled(dir);
    await quantisePack({ dir }, rows, settings);
    const again = quantisePack({ dir: settings.folder }, rows, await settingsIn());
    await expect(again).rejects.toThrow('weights of 8 bits already');
  });
});
