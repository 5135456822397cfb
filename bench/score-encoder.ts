// Rows a second of an encoder scorer against transformers.js with the same weights, alternating in one run:
//   npm run bench -- score-encoder [rows] [rounds]
// The encoder is small (4 layers, hidden 256, vocabulary 8,192) with random weights; rows are public phrases where
// PRIORPHRASE_DATA names them. transformers.js runs its pipeline on 32 rows at a time, each batch padded to its longest row.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { env, pipeline } from '@huggingface/transformers';
import { builtinTitles } from '../src-main/cpc/builtin-titles.ts';
import { contextText } from '../src-main/cpc/context-text.ts';
import { openScorer } from '../src-main/engine/open-scorer.ts';
import { quantisePack } from '../src-main/engine/quantise/quantise-pack.ts';
import { createSession } from '../src-main/engine/runtime/create-session.ts';
import { asScorer, loadPack } from '../src-main/packs/load-pack.ts';
import { benchPhrases } from './bench-phrases.ts';
import { writeBenchPack } from './score-encoder/write-bench-pack.ts';

const [count, rounds] = [Number(process.argv[2] ?? 512), Number(process.argv[3] ?? 5)];
const root = resolve(import.meta.dirname, '..');
const folder = await mkdtemp(join(tmpdir(), 'priorphrase-bench-'));
try {
  const texts = await rowTexts();
  const [floatDir, int8Dir] = [join(folder, 'float'), join(folder, 'int8')];
  await writeBenchPack(floatDir);
  const ours = await contestant(floatDir, texts);
  const labels = await ours.score();
  const labelled = texts.map((row, at) => ({ ...row, label: labels[at] as number }));
  const report = await quantisePack({ dir: floatDir }, labelled, {
    createSession,
    folder: int8Dir,
    maxDrop: 1,
  });
  const int8 = await contestant(int8Dir, texts);
  const theirs = await transformersJs(floatDir, texts);

  const apart = (found: ArrayLike<number>) =>
    labels.reduce((most, label, at) => Math.max(most, Math.abs(label - (found[at] as number))), 0);
  console.log(
    `${count} rows of the same weights; scores apart from ours: transformers.js ${apart(await theirs.score()).toExponential(1)}, ` +
      `int8 ${apart(await int8.score()).toExponential(1)} (Pearson of int8 and float ${report.pearson.int8?.toFixed(5)}, ` +
      `${(report.bytes.float / 2 ** 20).toFixed(1)} MB to ${(report.bytes.int8 / 2 ** 20).toFixed(1)} MB)`,
  );
  const contestants = { float: ours, int8, 'transformers.js': theirs };
  const speeds: Record<string, { wall: number; cpu: number }[]> = {};
  for (let round = 0; round < rounds; round++) {
    for (const [name, { score }] of Object.entries(contestants)) {
      const [started, before] = [performance.now(), process.cpuUsage()];
      await score();
      const { user, system } = process.cpuUsage(before);
      const wall = count / ((performance.now() - started) / 1000);
      (speeds[name] ??= []).push({ wall, cpu: count / ((user + system) / 1e6) });
    }
  }
  const middle = (name: string, of: (speed: { wall: number; cpu: number }, at: number) => number): number =>
    (speeds[name] ?? []).map(of).sort((a, b) => a - b)[Math.floor(rounds / 2)] as number;
  for (const name of Object.keys(contestants)) {
    const against = (key: 'wall' | 'cpu') =>
      middle(name, (speed, at) => speed[key] / (speeds['transformers.js']?.[at]?.[key] as number)).toFixed(2);
    console.log(
      `${name.padEnd(16)} ${middle(name, ({ wall }) => wall)
        .toFixed(0)
        .padStart(6)} rows/s ` +
        `(${middle(name, ({ cpu }) => cpu).toFixed(0)} a second of processor); against transformers.js × ${against('wall')}, ` +
        `by processor time × ${against('cpu')}`,
    );
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

interface Row {
  readonly anchor: string;
  readonly target: string;
  readonly contextText: string;
}

async function rowTexts(): Promise<Row[]> {
  const titles = await builtinTitles(join(root, 'resources'));
  const bySymbol = new Map(titles.map(({ symbol, title }) => [symbol, title]));
  const classes = [...bySymbol.keys()].filter((symbol) => symbol.length === 3);
  const { phrases, anchors } = await benchPhrases(20_000);
  return Array.from({ length: count }, (_, at) => {
    const symbol = classes[(at * 31) % classes.length] as string;
    return {
      anchor: anchors[(at * 7) % anchors.length] as string,
      target: phrases.at(-1 - ((at * 37) % phrases.length)) as string,
      contextText: contextText(bySymbol.get(symbol[0] as string) ?? '', bySymbol.get(symbol) ?? null),
    };
  });
}

interface Contestant {
  readonly score: () => Promise<Float32Array>;
}

async function contestant(dir: string, rows: readonly Row[]): Promise<Contestant> {
  const scorer = await openScorer(asScorer(await loadPack(dir)), createSession);
  const asked = {
    anchors: rows.map(({ anchor }) => anchor),
    targets: rows.map(({ target }) => target),
    contexts: rows.map((row) => ({ symbol: '', text: row.contextText })),
    contextIndex: Int32Array.from(rows, (_, at) => at),
  };
  return { score: () => scorer.score(asked, 'pair') };
}

async function transformersJs(dir: string, rows: readonly Row[]): Promise<Contestant> {
  env.allowRemoteModels = false;
  env.localModelPath = dirname(dir);
  const classify = await pipeline('text-classification', 'float', { dtype: 'fp32' });
  return {
    async score() {
      const scores = new Float32Array(rows.length);
      for (let from = 0; from < rows.length; from += 32) {
        const batch = rows
          .slice(from, from + 32)
          .map((row) => `${row.anchor}[SEP]${row.target}[SEP]${row.contextText}`);
        const found = (await classify(batch, { top_k: 1 })) as { score: number }[];
        for (const [at, { score }] of found.entries()) scores[from + at] = score;
      }
      return scores;
    },
  };
}
