import { join } from 'node:path';
import { lexiconKey } from '../../../src-main/engine/scoring/phrase/lexicon.ts';
import { root, stem } from '../../../src-main/engine/scoring/phrase/stem.ts';
import { readTable } from '../../train-retriever/data/read-lines.ts';
import { readLexicalRelations, readSynsets } from '../../train-retriever/data/wordnet.ts';
import type { Synset } from '../../train-retriever/data/wordnet.ts';

/** A word stays in the lexicon from this count in the patent descriptions on. */
const leastCount = 40;

/** The lexicon of the pack: WordNet meanings of words that patents use, with what stands above them. */
export function buildLexicon(dataDir: string): string {
  const counts = new Map(
    readTable(join(dataDir, 'text/unigrams.tsv.gz')).map((cells) => [cells[0]!, Number(cells[1])]),
  );
  const used = (lemma: string) =>
    /^[a-z][a-z -]*$/.test(lemma) &&
    lemma.split(/[ -]/).every((word) => (counts.get(word) ?? 0) >= leastCount);
  const all = readSynsets(dataDir).filter(({ id }) => !id.endsWith('-r'));
  const byId = new Map(all.map((synset) => [synset.id, synset]));
  const kept = new Set<string>();
  for (const synset of all) if (synset.members.some(used)) keepWithAncestors(synset, byId, kept);
  const order = new Map([...kept].sort().map((id, index) => [id, index]));
  const places = (ids: readonly string[]) =>
    ids.flatMap((id) => (order.has(id) ? [order.get(id)!.toString(36)] : [])).join(' ');
  const lines = [...order.keys()].map((id) => {
    const synset = byId.get(id)!;
    const keys = new Set(synset.members.filter(used).map((lemma) => lexiconKey(lemma.split(/[ -]/))));
    return [[...keys].join('|'), places(above(synset)), places(synset.holonyms)].join('\t').trimEnd();
  });
  return `${lines.join('\n')}\n=\n${opposites(dataDir, used).join('\n')}\n`;
}

function opposites(dataDir: string, used: (lemma: string) => boolean): string[] {
  const pairs = new Set<string>();
  for (const { relation, first, second } of readLexicalRelations(dataDir)) {
    if (relation !== 'antonym' || !used(first) || !used(second)) continue;
    const [a, b] = [stem(first), stem(second)].sort() as [string, string];
    if (root(a) !== root(b)) pairs.add(`${a}\t${b}`);
  }
  return [...pairs].sort();
}

function above(synset: Synset): string[] {
  return synset.id.endsWith('-s') || synset.id.endsWith('-a')
    ? [...synset.hypernyms, ...synset.similar.filter((id) => id.endsWith('-a') && synset.id.endsWith('-s'))]
    : [...synset.hypernyms];
}

function keepWithAncestors(synset: Synset, byId: ReadonlyMap<string, Synset>, kept: Set<string>): void {
  if (kept.has(synset.id)) return;
  kept.add(synset.id);
  for (const id of above(synset)) {
    const parent = byId.get(id);
    if (parent !== undefined) keepWithAncestors(parent, byId, kept);
  }
}
