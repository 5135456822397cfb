import { describe, expect, it } from 'vitest';
import { phraseFacts } from '../../../../src-main/engine/scoring/phrase/phrase-facts.ts';
import { toyWords } from '../toy-words.ts';

const facts = (phrase: string) => phraseFacts(phrase, toyWords);
const headOf = (phrase: string) => {
  const { content, head } = facts(phrase);
  return content[head]?.text;
};

describe('the head of a phrase', () => {
  it.each([
    ['heat pump', 'pump'],
    ['abatement of pollution', 'abatement'],
    ['the pump', 'pump'],
    ['of the', 'of'],
    ['in vitro test', 'test'],
  ])('of %j is %j', (phrase, head) => {
    expect(headOf(phrase)).toBe(head);
  });
});

it('takes words without their punctuation, and punctuation where there is nothing else', () => {
  expect([facts('non-return valve, small').text, facts('(?)').text]).toEqual([
    'non return valve small',
    '( ? )',
  ]);
});

it('gives vectors of length one', () => {
  const { vector, evenVector } = facts('heat pump');
  for (const unit of [vector, evenVector]) expect(Math.hypot(...unit)).toBeCloseTo(1, 5);
});

it.each(['x', '😀', '水素', 'a '.repeat(500).trim(), 'x'.repeat(1000), '́'])(
  'reads %j in bounded pieces',
  (phrase) => {
    const { words, content, head } = facts(phrase);
    expect(words.length).toBeLessThanOrEqual(64);
    expect(head).toBeLessThan(Math.max(1, content.length));
  },
);
