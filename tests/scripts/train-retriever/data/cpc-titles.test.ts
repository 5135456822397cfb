import { expect, it } from 'vitest';
import { withoutReferences } from '../../../../scripts/train-retriever/data/cpc-titles.ts';

it.each([
  ['Hand tools (edge trimmers for lawns A01G3/06  {; machines A01B35/00})', 'Hand tools'],
  ['{Foot protectors attached to the blade}', 'Foot protectors attached to the blade'],
  [
    'Attaching blades (handles (in general) B25G); Interchangeable blades',
    'Attaching blades; Interchangeable blades',
  ],
])('the title %j is read without its references', (title, expected) => {
  expect(withoutReferences(title)).toBe(expected);
});
