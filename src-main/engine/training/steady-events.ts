import type { TrainEvent } from './train-request.ts';

const leastMsBetweenSteps = 100;

/** Hears of a step at most ten times a second, and of the last one and all else always: small models take hundreds of steps a second. */
export function steadyEvents(hear: (event: TrainEvent) => void): (event: TrainEvent) => void {
  let lastStep = -Infinity;
  return (event) => {
    if (event.kind === 'step' && event.step < event.steps) {
      if (performance.now() - lastStep < leastMsBetweenSteps) return;
      lastStep = performance.now();
    }
    hear(event);
  };
}
