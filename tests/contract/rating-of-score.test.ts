import { expect, it } from 'vitest';
import { ratingOfScore } from '../../src-main/contract/rating-of-score.ts';

it.each([
  [0, 0],
  [0.0999, 0],
  [0.1, 1],
  [0.3, 2],
  [0.5, 3],
  [0.6999, 3],
  [0.7, 4],
  [1, 4],
])('rates %d as %d by cuts at .1, .3, .5 and .7', (score, rating) => {
  expect(ratingOfScore(score, [0.1, 0.3, 0.5, 0.7])).toBe(rating);
});
