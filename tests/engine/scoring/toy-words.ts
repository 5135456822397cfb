import { contextFacts } from '../../../src-main/engine/scoring/phrase/context-facts.ts';
import { Lexicon } from '../../../src-main/engine/scoring/phrase/lexicon.ts';
import { WordTable } from '../../../src-main/engine/scoring/phrase/word-facts.ts';

const size = 16;
const vocabulary = 512;

// Vectors that differ from word to word and are the same in every run.
const embedding = Int8Array.from({ length: size * vocabulary }, (_, i) =>
  Math.round(100 * Math.sin(i * i * 0.37 + i)),
);

/** A word table over made-up vectors: a token a word, from a hash of its letters. */
export const toyWords = new WordTable(
  { encode: (text) => [[...text].reduce((hash, char) => (hash * 31 + char.charCodeAt(0)) % vocabulary, 7)] },
  {
    dimensions: size,
    embedding,
    scale: new Float32Array(vocabulary).fill(0.01),
    weight: new Float32Array(vocabulary).fill(0.9),
  },
  new Lexicon(
    [
      'object\t',
      'devic|apparatu\t0',
      'pump\t1',
      'compressor|air compressor\t1',
      'impeller\t1\t2',
      'tap|faucet\t1',
    ].join('\n') + '\n=\nhot\tcold\n',
  ),
);

/** The class of the toy pairs. */
export const toyContext = contextFacts(
  'F04',
  'mechanical engineering; pumps for liquids',
  toyWords,
  new Map(),
);
