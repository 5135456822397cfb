import type { OnProgress } from '../../services/app.ts';
import { escapeText } from './escape-text.ts';
import { cutText } from './text-width.ts';

/** Where progress goes: standard error, redrawn in place on a terminal, a line now and then elsewhere. */
export interface ProgressTarget {
  readonly write: (text: string) => void;
  readonly isTerminal: boolean;
  readonly columns: number;
  readonly now: () => number;
}

/** Progress of one piece of work; `end` leaves a clean line behind. */
export interface Progress {
  readonly report: OnProgress;
  end(): void;
}

const number = new Intl.NumberFormat('en-GB');

/** A duration such as `4 s`, `3 min 20 s`, `2 h 5 min`. */
export function durationWords(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

/** Draws progress with rows a second and the time left. */
export function createProgress(target: ProgressTarget): Progress {
  const everyMs = target.isTerminal ? 100 : 5000;
  let stage: string | null = null;
  let stageStart = 0;
  let doneAtStart = 0;
  let shownAt = -Infinity;
  let drawn = false;

  const line = (done: number, total: number | null, seconds: number) => {
    const rate = seconds > 0.5 ? (done - doneAtStart) / seconds : 0;
    const parts = [
      total === null ? number.format(done) : `${number.format(done)} of ${number.format(total)}`,
    ];
    if (total !== null && total > 0) parts.push(`${Math.floor((100 * done) / total)} %`);
    if (rate > 0) parts.push(`${number.format(Math.round(rate))} rows/s`);
    if (rate > 0 && total !== null && done < total)
      parts.push(`${durationWords((total - done) / rate)} left`);
    return `${escapeText(stage ?? '')}: ${parts.join(', ')}`;
  };

  return {
    report(done, total, name) {
      const now = target.now();
      if (name !== stage) {
        stage = name;
        stageStart = now;
        doneAtStart = done;
        shownAt = target.isTerminal ? -Infinity : now;
      }
      if (now - shownAt < everyMs && !(target.isTerminal && done === total)) return;
      shownAt = now;
      const text = line(done, total, (now - stageStart) / 1000);
      if (target.isTerminal) target.write(`\r\u001b[K${cutText(text, target.columns - 1)}`);
      else target.write(`${text}\n`);
      drawn = target.isTerminal;
    },
    end() {
      if (drawn) target.write('\r\u001b[K');
      drawn = false;
    },
  };
}
