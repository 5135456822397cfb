import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readFeatureData } from '../../../src-main/engine/scoring/feature-data.ts';
import { FeatureRows } from '../../../src-main/engine/scoring/feature-rows.ts';
import { featureNames } from '../../../src-main/engine/scoring/feature-table.ts';
import { WordTable } from '../../../src-main/engine/scoring/phrase/word-facts.ts';
import type { ScoreRows } from '../../../src-main/engine/scoring/scorer.ts';
import { openTokeniser } from '../../../src-main/engine/text/open-tokeniser.ts';
import { asScorer, loadPack } from '../../../src-main/packs/load-pack.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const words = (
  'heat pump valve compressor compress device for cooling heating hot cold water of the polymer film electric motor unit ' +
  'abatement pollution non-linear nonlinear led light emitting diode wheel axle vehicle car automobile upper lower inlet ' +
  'outlet transmitter receiver generating generator generation with a plurality of 3 40mm x-ray wheels pumps pumping'
).split(' ');
const hostile = [
  '?',
  '-- !',
  '😀😀',
  '水素燃料電池',
  'Über-Größe naïve',
  'x',
  'of the',
  'a'.repeat(1000),
  'ab '.repeat(333),
  '\u0301',
  'zzyzx qqq',
  words.join(' '),
  [...words].reverse().join(' '),
  'heat heat heat pump pump',
];
const contexts = [
  { symbol: 'A47', text: 'human necessities; furniture; domestic articles or appliances' },
  { symbol: 'F04', text: 'mechanical engineering; positive-displacement machines for liquids; pumps' },
  { symbol: 'Z99', text: 'Z99' },
];

function rows(): ScoreRows {
  const random = seededRandom(3);
  const phrase = () =>
    Array.from(
      { length: 1 + Math.floor(random() * 5) },
      () => words[Math.floor(random() * words.length)] as string,
    ).join(' ');
  const anchors = Array.from({ length: 40 }, phrase);
  const pairs = Array.from({ length: 1500 }, () => ({
    anchor: anchors[Math.floor(random() * anchors.length)] as string,
    target: phrase(),
  })).concat(hostile.flatMap((anchor) => hostile.map((target) => ({ anchor, target }))));
  return {
    anchors: pairs.map(({ anchor }) => anchor),
    targets: pairs.map(({ target }) => target),
    contexts,
    contextIndex: Int32Array.from(pairs, (_, row) => row % contexts.length),
  };
}

async function openFeatures(): Promise<FeatureRows> {
  const pack = asScorer(await loadPack(join(import.meta.dirname, '../../../models/scorer-trees-1')));
  const data = await readFeatureData(pack);
  return new FeatureRows(new WordTable(await openTokeniser(pack), data.vectors, data.lexicon), data);
}

function matrixOf(features: FeatureRows, asked: ScoreRows): Float32Array {
  const out = new Float32Array(asked.anchors.length * featureNames.length);
  features.write(asked, features.contexts(asked), 0, asked.anchors.length, out);
  return out;
}

it('gives the features of the form features-1 to the last bit, as the models have learnt them', async () => {
  const features = await openFeatures();
  const first = matrixOf(features, rows());
  expect(first.findIndex((value) => !Number.isFinite(value))).toBe(-1);
  expect(createHash('sha256').update(first).digest('hex')).toBe(
    'cc2891b3bfc817436c6f5ec0e0b96e85a0eff43dc1e61b47187bff72c9f5439e',
  );
  // What is kept of earlier rows changes nothing.
  expect(matrixOf(features, rows())).toEqual(first);
});
