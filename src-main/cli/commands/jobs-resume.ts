import type { TrainingResult } from '../cli-app.ts';
import type { Command } from '../command.ts';
import { idWord } from '../id-word.ts';
import { fileScoringLines, type FileScoringResult } from '../score-lines.ts';
import { trainingLines } from '../training-lines.ts';
import { TrainingWatch } from '../training-watch.ts';
import { canBeResumed, noteResume } from './train.ts';

/** Resumes a job and waits for its end. */
export const jobsResume: Command = {
  name: 'jobs resume',
  words: ['ID'],
  summary: 'Go on with a job that was cut off, cancelled or failed, from where it was.',
  options: {},
  async run({ words, app: open, print, note, onProgress, signal }) {
    const id = idWord(words[0], 'jobs resume');
    const app = await open();
    const watch = new TrainingWatch(note);
    try {
      const { kind, result } = await app.resumeJob({ id, onProgress, signal, onJob: watch.hear });
      print({ id, kind, result }, () => {
        if (kind === 'train') return trainingLines(result as TrainingResult);
        return kind === 'score-file' ? fileScoringLines(result as FileScoringResult) : [`Job ${id} is done.`];
      });
    } catch (error) {
      if (signal.aborted || canBeResumed(error)) noteResume(watch.jobId ?? id, note);
      throw error;
    }
  },
};
