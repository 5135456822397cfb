import { expect, it } from 'vitest';
import { buildWordStream, documentEnd } from '../../../../scripts/train-retriever/data/word-stream.ts';

it('documents become word numbers with an end mark, and punctuation is only counted', () => {
  const { words, counts, stream } = buildWordStream(['A pump, a valve.', 'Pump']);
  expect(words).toEqual(['a', 'pump', ',', 'valve', '.']);
  expect([...counts]).toEqual([2, 2, 1, 1, 1]);
  expect([...stream]).toEqual([0, 1, 0, 3, documentEnd, 1, documentEnd]);
});
