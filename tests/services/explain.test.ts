import { afterEach, beforeEach, expect, it } from 'vitest';
import { explainScore } from '../../src-main/services/explain.ts';
import { fakeScore } from '../support/fake-engine.ts';
import { lookupFixture, type LookupFixture } from '../support/lookup-fixture.ts';

let fixture: LookupFixture;
beforeEach(() => (fixture = lookupFixture()));
afterEach(() => fixture.store.close());

it('gives each word the score less the score without it, in one engine call', async () => {
  const { score, words, rating } = await explainScore(fixture.context, {
    anchor: 'book shelf',
    target: 'Garden shelf for books',
    context: 'A47',
  });
  const full = fakeScore('book shelf', 'garden shelf for books', 'A47');
  expect(score).toBeCloseTo(full, 6);
  expect(rating).toBe(2);
  expect(words.map(({ word }) => word)).toEqual(['Garden', 'shelf', 'for', 'books']);
  expect(words[1]?.contribution).toBeCloseTo(full - fakeScore('book shelf', 'garden for books', 'A47'), 6);
  expect(words[0]?.contribution).toBeLessThan(0);
  expect(fixture.engine.asked).toEqual([{ name: 'scorer.score', rows: 5 }]);
});

it('gives the only word of a target the whole score', async () => {
  const explained = await explainScore(fixture.context, { anchor: 'shelf', target: 'shelf', context: 'A47' });
  expect(explained).toEqual({ score: 1, rating: 4, words: [{ word: 'shelf', contribution: 1 }] });
});

it('refuses an empty target', async () => {
  const input = { anchor: 'shelf', target: ' ', context: 'A47' };
  await expect(explainScore(fixture.context, input)).rejects.toMatchObject({
    code: 'bad-input',
    message: expect.stringContaining('The target is empty') as string,
  });
});
