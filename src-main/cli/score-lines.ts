import type { CliApp } from './cli-app.ts';
import { escapeText } from './terminal/escape-text.ts';

/** What scoring a file gave. */
export type FileScoringResult = Awaited<ReturnType<CliApp['scoreFile']>>;

/** The result of scoring a file in words. */
export function fileScoringLines(result: FileScoringResult): string[] {
  const { scored, rows, scorer, mode, output, anew, failed, twice } = result;
  return [
    `Scored ${scored} of ${rows} rows with ${escapeText(scorer)} in mode ${mode} into ${escapeText(output)}.`,
    ...(anew === null ? [] : [`It was begun anew, because ${escapeText(anew)}.`]),
    ...(failed > 0 ? [`${failed} rows could not be scored; the last column, error, says why.`] : []),
    ...(twice.length > 0
      ? [`The input has columns named ${twice.join(', ')} too; those of Priorphrase are the last four.`]
      : []),
  ];
}
