import type { JobEntry, JobResult } from '../../contract/job.ts';
import type { TrainingResult } from '../cli-app.ts';
import type { Command } from '../command.ts';
import { idWord } from '../id-word.ts';
import { jobResultWords } from '../job-result-words.ts';
import { fileScoringLines, type FileScoringResult } from '../score-lines.ts';
import { escapeText } from '../terminal/escape-text.ts';
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
    let given: JobResult | null = null;
    const onJob = (job: JobEntry): void => {
      watch.hear(job);
      if (job.id === id) given = job.result;
    };
    try {
      const { kind, result } = await app.resumeJob({ id, onProgress, signal, onJob });
      print({ id, kind, result }, () => {
        if (kind === 'train') return trainingLines(result as TrainingResult);
        if (kind === 'score-file') return fileScoringLines(result as FileScoringResult);
        return [
          given === null ? `Job ${id} is done.` : `Job ${id} is done: ${escapeText(jobResultWords(given))}.`,
        ];
      });
    } catch (error) {
      if (signal.aborted || canBeResumed(error)) noteResume(watch.jobId ?? id, note);
      throw error;
    }
  },
};
