import { expect, it } from 'vitest';
import { titleParts } from '../../../../scripts/train-retriever/contrast/pairs.ts';

it('titles are cut into the phrases that they list', () => {
  expect(titleParts('Spades; Shovels, e.g. with handles or grips; A01B')).toEqual([
    'Spades',
    'Shovels',
    'with handles',
    'grips',
  ]);
});
