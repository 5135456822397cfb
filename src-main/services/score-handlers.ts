import { AppError } from '../contract/app-error.ts';
import type { Handlers } from '../contract/calls.ts';
import type { ScoreMode } from '../contract/job.ts';
import { getLibrary } from '../store/tables/library.ts';
import type { HandlerParts } from './handlers.ts';
import { requireListFit } from './list-fit.ts';
import { typedPhrase } from './rank-anchor.ts';
import { completeSheetScores } from './score-sheet.ts';

type Calls = 'sheets.score' | 'libraries.score';

const mostRows = 2_000_000;

/** The handlers of the calls that score stored rows; what can be refused at once is. */
export function scoreCallHandlers({ context, runner }: HandlerParts): Pick<Handlers, Calls> {
  const { store, packs, resolveContext } = context;
  const refuseMode = async (mode: ScoreMode): Promise<void> => {
    if (mode === 'list') requireListFit(await packs.scorer());
  };
  return {
    'sheets.score': async ({ sheet, mode, context: symbol }) => {
      completeSheetScores(context, sheet);
      if (symbol !== null) resolveContext(symbol);
      await refuseMode(mode);
      return runner.start('score-sheet', { sheetId: sheet, mode, context: symbol }).job;
    },
    'libraries.score': async ({ libraryId, anchors, context: symbol, mode, name }) => {
      const library = getLibrary(store, libraryId);
      if (library === null) {
        const message = `There is no library ${libraryId}; it was removed. Load the list again.`;
        throw new AppError('not-found', message, { id: libraryId });
      }
      const phrases = anchors.map((anchor) => typedPhrase(anchor, 'anchor').display);
      resolveContext(symbol);
      const rows = phrases.length * library.phrases;
      if (rows > mostRows) throw tooMany(phrases.length, library.phrases);
      await refuseMode(mode);
      return runner.start('score-library', { libraryId, anchors: phrases, context: symbol, mode, name }).job;
    },
  };
}

function tooMany(anchors: number, phrases: number): AppError {
  const count = (value: number): string => value.toLocaleString('en');
  return new AppError(
    'too-large',
    `${count(anchors)} anchors and ${count(phrases)} phrases give ${count(anchors * phrases)} rows; at most ` +
      `${count(mostRows)} are expected. Give fewer anchors at once, or choose a smaller library.`,
    { anchors, phrases, expected: mostRows },
  );
}
