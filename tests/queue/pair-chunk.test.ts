import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chunkName, decodeScores, encodeScores, readChunk } from '../../src-main/queue/pair-chunk.ts';

const chunk = {
  anchors: ['coffee mill', 'coffee mill'],
  targets: ['grinder', 'saw'],
  contexts: [{ symbol: 'A47', text: 'furniture' }],
  context: [0, 0],
};

describe('a chunk', () => {
  it('is named by its contents', () => {
    expect(chunkName(chunk)).toBe(chunkName(structuredClone(chunk)));
    expect(chunkName(chunk)).not.toBe(chunkName({ ...chunk, targets: ['grinder', 'sew'] }));
  });

  it.each([
    ['nothing', undefined],
    ['lists of different lengths', { ...chunk, targets: ['grinder'] }],
    ['a context that is not there', { ...chunk, context: [0, 1] }],
    ['no pairs', { anchors: [], targets: [], contexts: chunk.contexts, context: [] }],
    ['what does not belong there', { ...chunk, path: '/etc/passwd' }],
  ])('is refused with %s', (_what, data) => {
    expect(() => readChunk(data)).toThrow(expect.objectContaining({ code: 'bad-input' }));
  });
});

describe('scores', () => {
  it('travel without loss', () => {
    fc.assert(
      fc.property(fc.array(fc.float({ min: 0, max: 1, noNaN: true }), { maxLength: 50 }), (values) => {
        const scores = Float32Array.from(values);
        expect(decodeScores(encodeScores(scores), scores.length)).toEqual(scores);
      }),
    );
  });

  it.each([
    ['too few', encodeScores(Float32Array.of(0.5)), 2],
    ['not a number', encodeScores(Float32Array.of(NaN)), 1],
    ['above 1', encodeScores(Float32Array.of(1.5)), 1],
    ['no text', { scores: [1] }, 1],
  ])('that are %s are refused', (_what, answer, rows) => {
    expect(() => decodeScores(answer, rows)).toThrow(expect.objectContaining({ code: 'engine-failed' }));
  });
});
