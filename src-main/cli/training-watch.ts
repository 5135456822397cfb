import { deviceWords } from '../contract/device.ts';
import type { JobEntry } from '../contract/job.ts';
import type { TrainingState } from '../contract/recipe.ts';

type Epoch = TrainingState['history'][number];

/** A number of the hold-out as it is printed: three digits, or why there is none. */
export function metricWords(value: number | null): string {
  return value === null ? 'not computable' : value.toFixed(3);
}

/** An epoch in one line. */
export function epochLine({ epoch, loss, pearson, spearman }: Epoch, epochs: number): string {
  return (
    `Epoch ${epoch} of ${epochs}: loss ${loss.toFixed(4)}; on the hold-out Pearson ${metricWords(pearson)}, ` +
    `Spearman ${metricWords(spearman)}`
  );
}

/** Follows a job that may be a training: notes its device, each epoch and that it is being cancelled once, and remembers the job for whoever resumes it. */
export class TrainingWatch {
  readonly #note: (line: string) => void;
  #shown = 0;
  #jobId: number | null = null;
  #device: string | null = null;
  #stopping = false;

  constructor(note: (line: string) => void) {
    this.#note = note;
  }

  /** The job, once it is there. */
  get jobId(): number | null {
    return this.#jobId;
  }

  readonly hear = ({ id, kind, stopping, training }: JobEntry): void => {
    if (kind !== 'train') return;
    this.#jobId = id;
    if (stopping !== null && !this.#stopping) {
      this.#stopping = true;
      this.#note('Cancelling after the step under way…');
    }
    if (training === undefined) return;
    const device = training.device === null ? null : deviceWords(training.device);
    if (device !== null && device !== this.#device) this.#note(device);
    this.#device = device;
    this.epochs(training.history, training.epochs);
  };

  /** Notes the epochs that were not noted yet. */
  epochs(history: readonly Epoch[], epochs: number): void {
    for (const epoch of history.filter((each) => each.epoch > this.#shown)) {
      this.#note(epochLine(epoch, epochs));
      this.#shown = epoch.epoch;
    }
  }
}
