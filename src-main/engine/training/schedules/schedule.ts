/** How the learning rate moves over a run; it is multiplied by the factor of {@link scheduleFactor}. */
export type Schedule =
  | { readonly kind: 'constant'; readonly warmUp: number }
  /** Down to 0 in a straight line. */
  | { readonly kind: 'linear'; readonly warmUp: number }
  /** Down to 0 along cosines, `cycles` of them: half a one is a single slope, more than a half comes up again. */
  | { readonly kind: 'cosine'; readonly warmUp: number; readonly cycles: number }
  /** `cycles` slopes down, each from the full rate. */
  | { readonly kind: 'cosine-restarts'; readonly warmUp: number; readonly cycles: number };

/**
 * The factor at a step, counted from 0, of a run of `steps` steps. `warmUp` is the share of the run in which the factor rises
 * from 0 to 1. The formulas are those of the schedules of Hugging Face's transformers.
 */
export function scheduleFactor(schedule: Schedule, step: number, steps: number): number {
  const rising = Math.floor(schedule.warmUp * steps);
  if (step < rising) return step / Math.max(1, rising);
  if (schedule.kind === 'constant') return 1;
  const progress = (step - rising) / Math.max(1, steps - rising);
  switch (schedule.kind) {
    case 'linear':
      return Math.max(0, 1 - progress);
    case 'cosine':
      return Math.max(0, 0.5 * (1 + Math.cos(Math.PI * schedule.cycles * 2 * progress)));
    case 'cosine-restarts':
      return progress >= 1
        ? 0
        : Math.max(0, 0.5 * (1 + Math.cos(Math.PI * ((schedule.cycles * progress) % 1))));
  }
}
