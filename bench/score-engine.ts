// Rows a second of the built-in scorer in the engine process alone, pair mode, with one thread and with as many as cores:
//   npm run bench -- score-engine [rows] [rounds]
// The rows are the labelled ones of the public data where PRIORPHRASE_DATA names it, made up elsewhere, and come in calls of 4,000,
// as a host sends them. Each number of threads has an engine process of its own; the first round is cold.
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism, loadavg } from 'node:os';
import { join, resolve } from 'node:path';
import type { ScoreRows } from '../src-main/engine/scoring/scorer.ts';
import { dataDir } from '../tests/support/data-dir.ts';
import { readLabelledRows } from '../scripts/train-scorer/data/phrase-pairs.ts';
import { benchPhrases } from './bench-phrases.ts';

const [most, rounds] = [Number(process.argv[2] ?? 36_473), Number(process.argv[3] ?? 3)];
const root = resolve(import.meta.dirname, '..');
const rows = await readRows();
const count = rows.anchors.length;
console.log(`${count} rows in pair mode; ${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)}`);
let expected: string | null = null;
for (const threads of new Set([1, availableParallelism()])) {
  const child = fork(
    join(root, 'bench/score-engine/engine.ts'),
    [join(root, 'models/scorer-trees-1'), String(threads)],
    {
      serialization: 'advanced',
      execArgv: ['--max-semi-space-size=16'],
    },
  );
  for (let round = 1; round <= rounds; round++) {
    const { seconds, cpu, rss, helpers, hash } = await ask(child);
    if (hash !== (expected ??= hash)) throw new Error(`The scores differ with ${threads} threads.`);
    console.log(
      `${threads} thread${threads === 1 ? '' : 's'}, round ${round}: ${(count / seconds).toFixed(0)} rows/s, ` +
        `${(count / cpu).toFixed(0)} a second of processor; ${(rss / 2 ** 20).toFixed(0)} MB resident, ${helpers} helping`,
    );
  }
  child.kill();
}
console.log(`the same scores in every round: SHA-256 ${expected?.slice(0, 16)}…`);

interface Answer {
  readonly seconds: number;
  readonly cpu: number;
  readonly rss: number;
  readonly helpers: number;
  readonly hash: string;
}

async function ask(child: ChildProcess): Promise<Answer> {
  child.send(rows);
  const [answer] = (await once(child, 'message')) as [Answer];
  return answer;
}

async function readRows(): Promise<ScoreRows> {
  if (dataDir !== null) {
    const { anchors, targets, contexts, contextIndex } = await readLabelledRows(dataDir, 'train');
    return {
      anchors: anchors.slice(0, most),
      targets: targets.slice(0, most),
      contexts,
      contextIndex: contextIndex.slice(0, most),
    };
  }
  const { phrases, anchors } = await benchPhrases(most);
  return {
    anchors: Array.from(
      { length: most },
      (_, row) => anchors[Math.floor(row / 50) % anchors.length] as string,
    ),
    targets: Array.from({ length: most }, (_, row) => phrases[row % phrases.length] as string),
    contexts: [{ symbol: 'A47', text: 'human necessities; furniture' }],
    contextIndex: new Int32Array(most),
  };
}
