import { createSession } from '../../src-main/engine/runtime/create-session.ts';
import { openFeatureTreesScorer } from '../../src-main/engine/scoring/feature-trees-scorer.ts';
import { asScorer, loadPack } from '../../src-main/packs/load-pack.ts';
import { permutation, seededRandom } from '../train-retriever/random.ts';
import { contextTexts, readLabelledRows } from './data/phrase-pairs.ts';
import { isHeldOut, readCpcPhrases } from './data/cpc-phrases.ts';

// How the scorer ranks what no label speaks of: random CPC titles against the labelled targets of unseen anchors, and the
// best titles of some queries. node scripts/train-scorer/check-ranking.ts DATA PACK [ANCHOR CLASS]...

const [dataDir = '', packDir = '', ...queries] = process.argv.slice(2);
const titles = readCpcPhrases(dataDir);
const held = titles.filter(isHeldOut);
const order = permutation(held.length, seededRandom(9));
const strangers = Array.from({ length: 1000 }, (_, k) => held[order[k]!]!);
const scorer = await openFeatureTreesScorer(asScorer(await loadPack(packDir)), createSession);
const texts = await contextTexts();

async function scoreAll(anchor: string, symbol: string, targets: readonly string[]): Promise<Float32Array> {
  const contexts = [{ symbol, text: texts.get(symbol) ?? symbol }];
  const anchors = targets.map(() => anchor);
  return scorer.score({ anchors, targets, contexts, contextIndex: new Int32Array(targets.length) }, 'pair');
}

const rows = await readLabelledRows(dataDir, 'validation');
const random: number[] = [];
const above: number[] = [];
for (const anchor of [...new Set(rows.anchors)].sort()) {
  const own = rows.anchors.flatMap((name, row) => (name === anchor ? [row] : []));
  const context = rows.contextIndex[own[0]!]!;
  const symbol = rows.contexts[context]!.symbol;
  const scores = await scoreAll(anchor, symbol, strangers);
  random.push(...scores);
  const close = own.filter((row) => rows.labels[row]! >= 0.5 && rows.contextIndex[row] === context);
  const found = await scoreAll(
    anchor,
    symbol,
    close.map((row) => rows.targets[row]!),
  );
  for (const score of found) above.push(scores.filter((other) => other < score).length / scores.length);
}
random.sort((a, b) => a - b);
const share = (most: number) => (100 * above.filter((part) => part >= most).length) / above.length;
console.log(`${random.length} pairs of a validation anchor and a random CPC title:`);
console.log(`  mean score ${(random.reduce((sum, score) => sum + score, 0) / random.length).toFixed(4)}`);
for (const part of [0.5, 0.9, 0.99, 0.999]) {
  console.log(`  ${100 * part} % lie below ${random[Math.floor(part * random.length)]!.toFixed(3)}`);
}
console.log(`${above.length} targets labelled .5 or more against 1,000 random titles each:`);
console.log(
  `  above ${(100 * (above.reduce((sum, part) => sum + part, 0) / above.length)).toFixed(2)} % of them on average`,
);
console.log(
  `  ${share(1).toFixed(1)} % of the targets lie above all, ${share(0.99).toFixed(1)} % in the first 1 %`,
);
for (let q = 0; q + 1 < queries.length; q += 2) {
  const scores = await scoreAll(queries[q]!, queries[q + 1]!, titles);
  const best = Array.from(titles.keys()).sort((a, b) => scores[b]! - scores[a]!);
  console.log(`${queries[q]} in ${queries[q + 1]}:`);
  for (const title of best.slice(0, 12))
    console.log(`  ${scores[title]!.toFixed(3)}  ${titles[title]!.slice(0, 90)}`);
}
await scorer.release();
