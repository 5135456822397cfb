import { scoreMode, type JobEntry, type ScoreMode } from '../../contract/job.ts';
import type { Command } from '../command.ts';
import { textOption, textsOption } from '../parse-command.ts';
import { readingChoices, readingOptions } from '../reading-options.ts';
import { fileScoringLines } from '../score-lines.ts';
import { UsageError } from '../usage-error.ts';
import { canBeResumed, noteResume } from './train.ts';

const roles = ['anchor', 'target', 'context'] as const;
type Role = (typeof roles)[number];

/** Scores the rows of a file into another. */
export const score: Command = {
  name: 'score',
  words: ['IN.csv', 'OUT.csv'],
  summary:
    'Score the rows of IN.csv (anchor, target, context) into OUT.csv; the same again goes on where it stopped.',
  options: {
    mode: {
      type: 'string',
      value: 'pair|list',
      help: 'score each row by itself (pair, the default) or among the rows of its anchor and context (list)',
    },
    library: {
      type: 'string',
      value: 'NAME',
      help: 'score every row of IN.csv (anchor, context) against each phrase of a library, in a column target',
    },
    context: { type: 'string', value: 'CPC', help: 'one class for every row, instead of a column context' },
    map: {
      type: 'string',
      value: 'ROLE=COL,…',
      multiple: true,
      help: `which columns to read, such as anchor=A,target=B; roles: ${roles.join(', ')}`,
    },
    ...readingOptions,
    queue: {
      type: 'string',
      value: 'URL',
      help: 'let the workers at a Redis server score, such as redis://host:6379 (see the command worker)',
    },
    scorer: { type: 'string', value: 'ID', help: 'the scorer pack to use; default: the one in use' },
  },
  async run({ words, options, app: open, print, note, onProgress, signal }) {
    const [input = '', output = ''] = words;
    const mode = modeOf(textOption(options, 'mode') ?? 'pair');
    const given = { library: textOption(options, 'library'), context: textOption(options, 'context') };
    const scorer = textOption(options, 'scorer');
    const queue = textOption(options, 'queue');
    const map = columnsOf(textsOption(options, 'map'));
    const reading = readingChoices(options, 'score');
    const app = await open();
    let jobId: number | null = null;
    const onJob = ({ kind, id }: JobEntry): void => {
      if (kind === 'score-file') jobId = id;
    };
    const scoring = {
      ...{ input, output, mode },
      ...(given.library === null ? {} : { library: given.library }),
      ...(given.context === null ? {} : { context: given.context }),
      ...(Object.keys(map).length === 0 ? {} : { map }),
      ...(Object.keys(reading).length === 0 ? {} : { reading }),
      ...(scorer === null ? {} : { scorer }),
      ...(queue === null ? {} : { queue }),
    };
    try {
      const result = await app.scoreFile(scoring, { onProgress, onJob, signal });
      print(result, () => fileScoringLines(result));
    } catch (error) {
      if (signal.aborted || canBeResumed(error)) noteResume(jobId, note);
      throw error;
    }
  },
};

function modeOf(text: string): ScoreMode {
  const mode = scoreMode.safeParse(text).data;
  if (mode !== undefined) return mode;
  throw new UsageError(`--mode: found "${text}", expected pair or list.`, 'score');
}

/** `anchor=COL,target=COL` as a table of roles. */
function columnsOf(texts: readonly string[]): Partial<Record<Role, string>> {
  const columns: Partial<Record<Role, string>> = {};
  for (const part of texts.flatMap((text) => text.split(','))) {
    const [name = '', ...rest] = part.split('=');
    const role = roles.find((each) => each === name.trim());
    const column = rest.join('=').trim();
    if (role === undefined || column === '') {
      const expected = `expected ROLE=COLUMN with one of the roles ${roles.join(', ')}`;
      throw new UsageError(`--map: found "${part}", ${expected}.`, 'score');
    }
    columns[role] = column;
  }
  return columns;
}
