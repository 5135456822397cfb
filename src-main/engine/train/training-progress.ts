import type { DeviceChoice } from '../../contract/device.ts';
import type { TrainingState } from '../../contract/recipe.ts';
import type { TrainEvent } from '../training/train-request.ts';

/** Makes states out of what the trainer tells. */
export class TrainingProgress {
  readonly #tell: (state: TrainingState) => void;
  #state: TrainingState;

  constructor(epochs: number, tell: (state: TrainingState) => void) {
    this.#tell = tell;
    this.#state = {
      device: null,
      epoch: 0,
      epochs,
      step: 0,
      steps: 0,
      loss: null,
      rowsPerSecond: 0,
      history: [],
    };
  }

  /** Tells where the training runs. */
  runsOn(device: DeviceChoice): void {
    this.#state = { ...this.#state, device };
    this.#tell(this.#state);
  }

  /** Tells the state after an event. */
  hear(event: TrainEvent): void {
    switch (event.kind) {
      case 'step': {
        const { epoch, step, steps, loss, rowsPerSecond } = event;
        this.#state = { ...this.#state, epoch, step, steps, loss, rowsPerSecond };
        break;
      }
      case 'epoch': {
        const { epoch, loss, pearson, spearman } = event;
        const earlier = this.#state.history.filter((each) => each.epoch < epoch);
        // The last step of an epoch need not have been told.
        const step = Math.round((this.#state.steps * epoch) / this.#state.epochs);
        const history = [...earlier, { epoch, loss, pearson, spearman }];
        this.#state = { ...this.#state, epoch, step, history };
        break;
      }
      case 'resumed':
        this.#state = { ...this.#state, step: event.step };
        break;
      case 'saved':
        return;
    }
    this.#tell(this.#state);
  }
}
