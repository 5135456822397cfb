import type { PhraseFacts } from '../phrase/phrase-facts.ts';
import type { ContextFacts } from '../phrase/context-facts.ts';
import { toDirection } from '../phrase/word-facts.ts';
import type { FeatureGroup } from './feature-group.ts';

const sections = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'];

/** Which section the class is of, and how far the words of both phrases belong to the class. */
export const contextFeatures: FeatureGroup = {
  names: [
    ...sections.map((section) => `section ${section}`),
    'anchor words in class text',
    'target words in class text',
    'anchor word nearest to class',
    'anchor word farthest from class',
    'target word nearest to class',
    'target word farthest from class',
    'anchor head to class',
    'target head to class',
  ],
  write({ anchor, target, context }, out, at) {
    for (let i = 0; i < sections.length; i++) out[at + i] = sections[i] === context.section ? 1 : 0;
    out[at + 8] = share(anchor, context);
    out[at + 9] = share(target, context);
    writeRange(anchor, context, out, at + 10);
    writeRange(target, context, out, at + 12);
    out[at + 14] = headToClass(anchor, context);
    out[at + 15] = headToClass(target, context);
  },
};

function share(phrase: PhraseFacts, context: ContextFacts): number {
  let count = 0;
  for (const word of phrase.content) if (context.roots.has(word.root)) count++;
  return count / phrase.content.length;
}

function writeRange(phrase: PhraseFacts, context: ContextFacts, out: Float32Array, at: number): void {
  let best = -1;
  let worst = 1;
  for (const word of phrase.content) {
    const value = toDirection(word, context.centre);
    best = Math.max(best, value);
    worst = Math.min(worst, value);
  }
  out[at] = best;
  out[at + 1] = worst;
}

function headToClass(phrase: PhraseFacts, context: ContextFacts): number {
  const head = phrase.content[phrase.head];
  return head === undefined ? 0 : toDirection(head, context.centre);
}
