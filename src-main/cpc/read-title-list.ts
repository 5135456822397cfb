import { AppError } from '../contract/app-error.ts';
import { ParentTracker } from './parent-tracker.ts';
import { PlacedTitles, type PlacedTitle } from './placed-titles.ts';
import { titlePieces } from './title-entries.ts';
import { parseTitleRow, type BadTitleRow } from './title-row.ts';

/** A whole title list in its own order, with the lines that could not be used. */
export interface TitleList {
  readonly titles: readonly PlacedTitle[];
  readonly bySymbol: ReadonlyMap<string, PlacedTitle>;
  /** The symbols that have others below them. */
  readonly parents: ReadonlySet<string>;
  /** The first bad lines, with the number of all. */
  readonly bad: readonly BadTitleRow[];
  readonly badCount: number;
  /** Files that turned out to be no title lists. */
  readonly skipped: readonly string[];
}

const badKept = 100;
const badBeforeGivingUp = 20;
const longestLine = 100_000;
const mostTitles = 1_000_000;

/** A title list that was read to its end without keeping its titles. */
export interface TitleSurvey extends Pick<TitleList, 'bad' | 'badCount' | 'skipped'> {
  readonly symbols: number;
  /** Names of files that can be read and stored without the others, because no other has titles of their sections. */
  readonly parts: readonly (readonly string[])[];
}

/**
 * Reads the official title list from its ZIP, its unpacked folder or one of its files, or only the named files of it;
 * bad lines never end it.
 */
export async function readTitleList(
  path: string,
  signal?: AbortSignal,
  files?: readonly string[],
): Promise<TitleList> {
  const state = newState();
  await readFiles(path, state, { signal, files });
  if (state.placed.bySymbol.size === 0) throw noTitles(path);
  const { placed, bad, badCount, skipped } = state;
  return {
    titles: [...placed.bySymbol.values()],
    bySymbol: placed.bySymbol,
    parents: placed.parents,
    bad,
    badCount,
    skipped,
  };
}

/** Checks a whole list, so that its parts can then be read one by one: the titles of all at once take some 200 MB. */
export async function surveyTitleList(path: string, signal?: AbortSignal): Promise<TitleSurvey> {
  const state = newState();
  const parts: { readonly files: string[]; readonly sections: Set<string> }[] = [];
  const onFile = (file: string): void => {
    const { sections, bySymbol } = state.placed;
    if (sections.length === 0) return;
    const part = { files: [file], sections: new Set(sections) };
    for (const other of parts.splice(0)) {
      if (!sections.some((section) => other.sections.has(section))) {
        parts.push(other);
        continue;
      }
      part.files.unshift(...other.files);
      for (const section of other.sections) part.sections.add(section);
    }
    parts.push(part);
    state.before += bySymbol.size;
    state.placed = new PlacedTitles();
  };
  await readFiles(path, state, { signal, onFile });
  if (parts.length === 0) throw noTitles(path);
  const { before: symbols, bad, badCount, skipped } = state;
  return { symbols, bad, badCount, skipped, parts: parts.map(({ files }) => files) };
}

interface Reading {
  readonly signal: AbortSignal | undefined;
  /** All where it is absent. */
  readonly files?: readonly string[] | undefined;
  readonly onFile?: (file: string) => void;
}

async function readFiles(path: string, state: State, { signal, files, onFile }: Reading): Promise<void> {
  const accepts = (name: string): boolean => files === undefined || files.includes(name);
  let file: OpenFile | null = null;
  const finish = (): void => {
    if (file === null) return;
    finishFile(file, state);
    onFile?.(file.name);
  };
  for await (const piece of titlePieces(path, accepts)) {
    if (signal?.aborted === true) throw new AppError('cancelled', 'Reading was stopped.');
    if (file?.name !== piece.file) {
      finish();
      file = openFile(piece.file);
    }
    if (!file.foreign) addText(file, file.decoder.decode(piece.bytes, { stream: true }), state);
  }
  finish();
}

function noTitles(path: string): AppError {
  return new AppError(
    'bad-input',
    `${path} holds no CPC titles: expected lines of symbol, level and title separated by tabs, as in the official ` +
      'CPCTitleList files.',
    { path },
  );
}

interface State {
  placed: PlacedTitles;
  /** Titles of files that were let go. */
  before: number;
  readonly bad: BadTitleRow[];
  badCount: number;
  readonly skipped: string[];
}

function newState(): State {
  return { placed: new PlacedTitles(), before: 0, bad: [], badCount: 0, skipped: [] };
}

interface OpenFile {
  readonly name: string;
  readonly decoder: InstanceType<typeof TextDecoder>;
  readonly tracker: ParentTracker;
  rest: string;
  line: number;
  good: number;
  badInFile: number;
  /** Set once nothing but bad lines has come: some other text file. */
  foreign: boolean;
}

function openFile(name: string): OpenFile {
  const decoder = new TextDecoder('utf-8');
  return {
    name,
    decoder,
    tracker: new ParentTracker(),
    rest: '',
    line: 0,
    good: 0,
    badInFile: 0,
    foreign: false,
  };
}

function addText(file: OpenFile, text: string, state: State): void {
  const lines = (file.rest + text).split('\n');
  file.rest = lines.pop() ?? '';
  for (const line of lines) addLine(file, line, state);
  if (file.rest.length > longestLine) file.rest = file.rest.slice(0, longestLine);
}

function finishFile(file: OpenFile, state: State): void {
  if (!file.foreign) addLine(file, file.rest + file.decoder.decode(), state);
  if (file.foreign || (file.good === 0 && file.badInFile > 0)) state.skipped.push(file.name);
}

function addLine(file: OpenFile, rawLine: string, state: State): void {
  const line = rawLine.replace(/\r$/, '');
  file.line++;
  if (file.foreign || line.trim() === '') return;
  const row = parseTitleRow(line);
  if ('expected' in row) {
    state.badCount++;
    file.badInFile++;
    if (state.bad.length < badKept) {
      state.bad.push({ file: file.name, line: file.line, found: line.slice(0, 80), ...row });
    }
    file.foreign = file.good === 0 && file.badInFile >= badBeforeGivingUp;
    return;
  }
  file.good++;
  state.placed.add(row, file.tracker.parentOf(row));
  if (state.before + state.placed.bySymbol.size > mostTitles) {
    throw new AppError('too-large', `The title list has more than ${mostTitles} symbols; it was refused.`);
  }
}
