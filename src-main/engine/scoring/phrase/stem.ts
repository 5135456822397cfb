const vowel = /[aeiouy]/;
const doubled = /([bdfgklmnprt])\1$/;

/** A word without its inflection: plural, -ed, -ing and a final e are taken off, so that `making`, `makes` and `make` meet. */
export function stem(word: string): string {
  let rest = word;
  if (rest.length > 3) rest = withoutPlural(rest);
  if (rest.length > 5 && rest.endsWith('ing') && vowel.test(rest.slice(0, -3)))
    rest = undoubled(rest.slice(0, -3));
  else if (rest.length > 4 && rest.endsWith('ed') && vowel.test(rest.slice(0, -2)))
    rest = undoubled(rest.slice(0, -2));
  if (rest.length > 3 && rest.endsWith('e')) rest = rest.slice(0, -1);
  if (rest.length > 3 && rest.endsWith('y')) rest = `${rest.slice(0, -1)}i`;
  return rest;
}

function withoutPlural(word: string): string {
  if (!word.endsWith('s') || word.endsWith('ss') || word.endsWith('us') || word.endsWith('is')) return word;
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(?:[sxz]|ch|sh)es$/.test(word)) return word.slice(0, -2);
  return word.slice(0, -1);
}

function undoubled(word: string): string {
  return doubled.test(word) && word.length > 3 ? word.slice(0, -1) : word;
}

// Longest first; what is left must keep four letters, or the ending belongs to the word.
const endings = [
  'ization',
  'isation',
  'ational',
  'iveness',
  'fulness',
  'ability',
  'ibility',
  'ation',
  'ition',
  'ative',
  'itive',
  'ator',
  'itor',
  'ment',
  'ness',
  'anc',
  'enc',
  'abl',
  'ibl',
  'ant',
  'ent',
  'iti',
  'ari',
  'ori',
  'ous',
  'ion',
  'ism',
  'ist',
  'iv',
  'iz',
  'is',
  'at',
  'al',
  'ic',
  'er',
  'or',
  'li',
  'i',
];

/** A stem without its derivation: `generation`, `generator` and `generate` all give `gener`. */
export function root(stemmed: string): string {
  let rest = stemmed;
  for (let round = 0; round < 2; round++) {
    const ending = endings.find((end) => rest.length >= end.length + 4 && rest.endsWith(end));
    if (ending === undefined) break;
    rest = rest.slice(0, -ending.length);
  }
  return rest;
}
