import { describe, expect, it } from 'vitest';
import {
  featureGroups,
  featureNames,
  writeFeatures,
} from '../../../../src-main/engine/scoring/feature-table.ts';
import { phraseFacts } from '../../../../src-main/engine/scoring/phrase/phrase-facts.ts';
import { toyContext, toyWords } from '../toy-words.ts';

const guard = 12345;

function features(anchor: string, target: string): Record<string, number> {
  const out = new Float32Array(featureNames.length + 1).fill(guard);
  writeFeatures(
    phraseFacts(anchor, toyWords),
    phraseFacts(target, toyWords),
    toyContext,
    toyWords.lexicon,
    out,
    0,
  );
  expect(out[featureNames.length]).toBe(guard);
  return Object.fromEntries(featureNames.map((name, column) => [name, out[column] as number]));
}

it('names every feature once', () => {
  expect(new Set(featureNames).size).toBe(featureNames.length);
});

it('writes a number for every name of every group', () => {
  const anchor = phraseFacts('hot water pump', toyWords);
  const written = new Float32Array(featureNames.length).fill(guard);
  writeFeatures(
    anchor,
    phraseFacts('device for cold air', toyWords),
    toyContext,
    toyWords.lexicon,
    written,
    0,
  );
  expect(featureNames.filter((_, column) => written[column] === guard)).toEqual([]);
  expect(Object.values(featureGroups).flatMap(({ names }) => names)).toEqual(featureNames);
});

describe('known pairs', () => {
  it.each<[string, string, Record<string, number>]>([
    [
      'heat pump',
      'heat pump',
      { cosine: 1, 'stem Jaccard': 1, 'edit similarity': 1, 'pairing inversions': 0 },
    ],
    ['heat pump', 'pumps heating', { 'stem Jaccard': 1, 'pairing inversions': 1, 'same roots as a set': 1 }],
    [
      'heat pump',
      'heat valve',
      { 'shared stems': 1, 'same head root': 0, 'same first root': 1, 'rest likeness best': -1 },
    ],
    ['heat pump', 'heat compressor', { 'target rest words': 1, 'anchor rest words': 1, 'rest synonyms': 0 }],
    ['kitchen tap', 'kitchen faucet', { 'rest synonyms': 1, 'rest likeness best': 1, 'head likeness': 1 }],
    ['pump', 'device', { 'rest target broader': 1, 'rest target narrower': 0, 'rest fewest steps': 1 }],
    ['device', 'pump', { 'rest target broader': 0, 'rest target narrower': 1, 'rest fewest steps': 1 }],
    ['pump', 'impeller', { 'target part of anchor': 1, 'anchor part of target': 0 }],
    ['hot water', 'cold water', { 'opposite words': 1, 'lexicon opposites': 1 }],
    ['linear motor', 'nonlinear motor', { 'negated word': 1 }],
    ['light emitting diode', 'led', { acronym: 1, 'target words': 1 }],
    ['operator identification', 'operator id', { 'abbreviated word': 1 }],
    ['abatement of pollution', 'pollution abatement', { 'same head root': 1, 'stem Jaccard': 1 }],
  ])('%s, %s', (anchor, target, expected) => {
    const found = features(anchor, target);
    for (const [name, value] of Object.entries(expected))
      expect([name, found[name]]).toEqual([name, expect.closeTo(value, 5)]);
  });
});

describe('hostile phrases', () => {
  const hostile = [
    '?',
    '--- !!',
    '😀',
    '水素燃料電池',
    'x',
    'of the',
    'a'.repeat(1000),
    'ab '.repeat(333),
    '́',
    '0',
  ];
  it.each(
    hostile.flatMap((anchor) =>
      hostile.map((target) => [anchor.slice(0, 20), target.slice(0, 20), anchor, target]),
    ),
  )('%j and %j give finite numbers', (_, __, anchor, target) => {
    const bad = Object.entries(features(anchor as string, target as string)).filter(
      ([, value]) => !Number.isFinite(value),
    );
    expect(bad).toEqual([]);
  });
});
