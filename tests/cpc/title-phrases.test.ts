import { describe, expect, it } from 'vitest';
import { titlePhrases } from '../../src-main/cpc/title-phrases.ts';

describe('the phrases of a title', () => {
  it.each([
    [
      'Furniture; Domestic articles or appliances; Coffee mills',
      ['Furniture', 'Domestic articles or appliances', 'Coffee mills'],
    ],
    ['Hand tools', ['Hand tools']],
    ['Compounds (esters; ethers); Salts', ['Compounds (esters; ethers)', 'Salts']],
    ['Polymers [A; B', ['Polymers [A; B']],
    ['Spades; ; Spades;', ['Spades']],
    ['1,2; 3,4', ['1,2; 3,4']],
    ['Broken) bracket; next', ['Broken) bracket', 'next']],
  ])('%j are %j', (phrase, expected) => {
    expect(titlePhrases(phrase)).toEqual(expected);
  });
});
