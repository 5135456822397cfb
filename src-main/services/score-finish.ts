import type { OnProgress } from './app.ts';
import type { FileCheckpoint } from './score-checkpoint.ts';
import { lengthOf, namePart } from './score-part.ts';
import type { ScoreSource } from './score-source.ts';

/** Gives a finished draft its name, as a workbook where the name asks for one; does nothing where that was done before. */
export async function finishFile(
  { part }: FileCheckpoint,
  output: string,
  _source: ScoreSource,
  _onProgress: OnProgress,
  _signal: AbortSignal | undefined,
): Promise<void> {
  if ((await lengthOf(part)) !== null) await namePart(part, output);
}
