import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayPhrase, phraseKey } from '../../src-main/contract/phrase.ts';

describe('a displayed phrase', () => {
  it.each([
    ['  abatement   of\tpollution ', 'abatement of pollution'],
    ['line\nbreak', 'line break'],
    ['no\u00a0break\u2003space', 'no break space'],
    ['zero\u200bwidth', 'zerowidth'],
    ['bell\u0007and\u0000nul', 'bellandnul'],
    ['right\u202eto left', 'rightto left'],
    ['ﬁlter ①', 'filter 1'],
    ['A\u030angstro\u0308m', 'Ångström'],
    ['e\u0000\u0301', 'é'],
    ['lone \ud800 surrogate', 'lone surrogate'],
    ['\u0000\u200b', ''],
    ['heat pump 🔥', 'heat pump 🔥'],
  ])('of %j is %j', (text, expected) => {
    expect(displayPhrase(text)).toBe(expected);
  });

  it('keeps the case, which the key does not', () => {
    expect(displayPhrase('DNA Probe')).toBe('DNA Probe');
    expect(phraseKey('DNA  Probe')).toBe('dna probe');
  });

  it('of visible ASCII has single spaces and nothing else changed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii', maxLength: 40 }), (text) => {
        expect(displayPhrase(text)).toBe(text.replace(/ +/g, ' ').trim());
        expect(phraseKey(text)).toBe(displayPhrase(text).toLowerCase());
      }),
    );
  });

  it('is a fixed point: normalising again changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        const once = displayPhrase(text);
        expect(displayPhrase(once)).toBe(once);
        expect(phraseKey(phraseKey(text))).toBe(phraseKey(text));
      }),
    );
  });
});
