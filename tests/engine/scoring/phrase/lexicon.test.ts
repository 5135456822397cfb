import { expect, it } from 'vitest';
import { Lexicon } from '../../../../src-main/engine/scoring/phrase/lexicon.ts';
import { toyWords } from '../toy-words.ts';

const { lexicon } = toyWords;
const relate = (a: string, b: string) => {
  const [first, second] = [lexicon.senses(a), lexicon.senses(b)];
  return first === null || second === null ? null : lexicon.relate(first, second);
};

it('finds synonyms, what is broader and what is narrower', () => {
  expect(relate('tap', 'faucet')).toEqual({ likeness: 1, up: 0, down: 0 });
  expect(relate('pump', 'devic')).toMatchObject({ up: 1, down: -1 });
  expect(relate('devic', 'pump')).toMatchObject({ up: -1, down: 1 });
});

it('holds siblings for less alike than synonyms and knows nothing of strange words', () => {
  const siblings = relate('pump', 'compressor');
  expect(siblings?.up).toBe(-1);
  expect(siblings?.likeness).toBeLessThan(1);
  expect(relate('pump', 'zzz')).toBeNull();
});

it('knows phrases, parts and opposites', () => {
  expect(lexicon.senses('air compressor')).not.toBeNull();
  expect(lexicon.senses('impeller')?.wholes).toEqual(new Set([2]));
  expect([
    lexicon.opposite('hot', 'cold'),
    lexicon.opposite('cold', 'hot'),
    lexicon.opposite('hot', 'pump'),
  ]).toEqual([true, true, false]);
});

it('may be empty', () => {
  expect(new Lexicon('').senses('pump')).toBeNull();
});
