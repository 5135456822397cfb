import type { PhraseFacts } from '../phrase/phrase-facts.ts';
import type { FeatureGroup } from './feature-group.ts';

const opposites: ReadonlyMap<string, ReadonlySet<string>> = pairs(
  'first second,first third,second third,upper lower,top bottom,left right,front rear,front back,inner outer,inside outside,' +
    'internal external,high low,large small,long short,hot cold,heating cooling,heat cool,positive negative,anode cathode,' +
    'male female,input output,inlet outlet,intake exhaust,transmit receive,transmitter receiver,transmission reception,' +
    'open close,opening closing,open closed,on off,start stop,start end,increase decrease,increasing decreasing,' +
    'raise lower,up down,forward backward,forward reverse,horizontal vertical,axial radial,active passive,wet dry,' +
    'solid liquid,liquid gas,hard soft,rigid flexible,thick thin,wide narrow,fast slow,analog digital,serial parallel,' +
    'primary secondary,proximal distal,encode decode,encoder decoder,compress decompress,compressor decompressor,' +
    'push pull,fixed movable,static dynamic,stationary rotating,acid base,acidic alkaline,oxidation reduction,' +
    'source drain,supply discharge,supply return,push pull,master slave,client server,buyer seller,read write,' +
    'absorb desorb,absorption desorption,adsorption desorption,charge discharge,charging discharging,attach detach,' +
    'connect disconnect,engage disengage,assemble disassemble,inflate deflate,import export,upstream downstream,' +
    'concave convex,minimum maximum,before after,same different,hydrophilic hydrophobic,wired wireless,plus minus,' +
    'light dark,light heavy,black white,new old,convergent divergent,ascending descending,expand contract,' +
    'expansion contraction,expansion compression,tension compression,female male,organic inorganic,synchronous asynchronous',
);
const negations = [
  'non',
  'un',
  'in',
  'im',
  'ir',
  'il',
  'dis',
  'de',
  'anti',
  'counter',
  'a',
  'mis',
  'non-',
  'inter',
];
const negating: ReadonlySet<string> = new Set(['non', 'not', 'no', 'without', 'anti', 'free', 'less', 'un']);

/** Signs that the phrases say the opposite of each other. */
export const oppositeFeatures: FeatureGroup = {
  names: ['opposite words', 'negated word', 'one side negated'],
  write({ anchor, target }, out, at) {
    let opposite = 0;
    let negated = 0;
    for (const a of anchor.content) {
      for (const t of target.content) {
        if (opposites.get(a.text)?.has(t.text) || opposites.get(a.stem)?.has(t.stem)) opposite++;
        if (negates(a.stem, t.stem) || negates(t.stem, a.stem)) negated++;
      }
    }
    out[at] = opposite;
    out[at + 1] = negated;
    out[at + 2] = negationCount(anchor) === negationCount(target) ? 0 : 1;
  },
};

function negates(a: string, b: string): boolean {
  if (a.length <= b.length || b.length < 3 || !a.endsWith(b)) return false;
  return negations.includes(a.slice(0, a.length - b.length));
}

function negationCount(phrase: PhraseFacts): number {
  let count = 0;
  for (const word of phrase.words) if (negating.has(word.text)) count++;
  return count;
}

function pairs(text: string): Map<string, Set<string>> {
  const map = new Map<string, Set<string>>();
  const add = (a: string, b: string) => map.set(a, (map.get(a) ?? new Set()).add(b));
  for (const pair of text.split(',')) {
    const [a = '', b = ''] = pair.split(' ');
    add(a, b);
    add(b, a);
  }
  return map;
}
