import { AppError } from '../../contract/app-error.ts';
import { fillBatch } from './batches/fill-batch.ts';
import { planEpoch, type StepPlan } from './batches/plan-epoch.ts';
import type { EpochReport, Progress } from './checkpoints/progress.ts';
import type { RunCheckpoints } from './checkpoints/run-checkpoints.ts';
import { evaluate, scoreAll } from './evaluate.ts';
import { losses } from './losses/loss-table.ts';
import { adamwStep, gradientNorm } from './optimiser/adamw.ts';
import type { ParameterRole } from './optimiser/parameter-roles.ts';
import { Generator } from './random/generator.ts';
import { scheduleFactor } from './schedules/schedule.ts';
import type { TrainingSession } from './session/training-session.ts';
import { Stopwatch } from './stopwatch.ts';
import type { TrainControl, TrainOutcome, TrainRequest } from './train-request.ts';

/** What a run works with. */
export interface RunParts {
  readonly session: TrainingSession;
  readonly roles: readonly ParameterRole[];
  readonly store: RunCheckpoints | null;
}

const usualSecondsBetweenSaves = 120;

/** One training run, from where its checkpoints say to the end. */
export class TrainingRun {
  readonly #request: TrainRequest;
  readonly #control: TrainControl;
  readonly #parts: RunParts;
  readonly #lengths: Uint16Array;
  readonly #stepsPerEpoch: number;
  #progress: Progress;
  #saved: { readonly at: number; readonly step: number };
  /** The best weights where there is no folder for them. */
  #bestValues: Uint8Array | null = null;

  constructor(request: TrainRequest, control: TrainControl, parts: RunParts) {
    this.#request = request;
    this.#control = control;
    this.#parts = parts;
    const { training, recipe } = request;
    this.#lengths = Uint16Array.from(training, ({ ids }) => ids.length);
    this.#stepsPerEpoch = Math.ceil(training.length / recipe.batchSize);
    this.#progress = {
      step: 0,
      epoch: 0,
      stepInEpoch: 0,
      order: [...Generator.seeded(recipe.seed, 'order').state],
      masks: [...parts.session.masks.state],
      lossSum: 0,
      rowsSeen: 0,
      history: [],
      best: null,
    };
    this.#saved = { at: performance.now(), step: 0 };
  }

  /** Runs to the end. */
  async finish(): Promise<TrainOutcome> {
    const { session, store } = this.#parts;
    const { recipe } = this.#request;
    this.#resume();
    const watch = new Stopwatch(recipe.epochs * this.#request.training.length);
    while (!this.#isOver()) await this.#epoch(watch);
    const { best, history } = this.#progress;
    if (best === null) throw new Error('A finished run has a best epoch.');
    if (this.#bestValues) session.memory.region('values').set(this.#bestValues);
    else if (store && !store.readBest(session.memory, best.step)) {
      throw new AppError(
        'not-found',
        `The weights of epoch ${best.epoch}, the best one, are missing or damaged beside the checkpoints. Start the run anew.`,
      );
    }
    const settings = { recipe, padding: this.#request.padding, pause: () => this.#stopIfCancelled() };
    const holdOutLogits = await scoreAll(session, this.#request.holdOut, settings);
    return { history, bestEpoch: best.epoch, memory: session.memory, holdOutLogits };
  }

  #resume(): void {
    const { session, store } = this.#parts;
    const found = store?.resume(session.memory) ?? null;
    if (found === null) return;
    this.#progress = found;
    session.masks.state = found.masks;
    this.#saved = { at: performance.now(), step: found.step };
    this.#control.onEvent?.({ kind: 'resumed', step: found.step });
  }

  async #epoch(watch: Stopwatch): Promise<void> {
    const { training, recipe } = this.#request;
    const generator = Generator.from(this.#progress.order);
    const plan = planEpoch(this.#lengths, recipe, generator);
    for (const step of plan.slice(this.#progress.stepInEpoch)) {
      await this.#step(step);
      const { epoch, step: done, rowsSeen } = this.#progress;
      const speed = watch.measure(epoch * training.length + rowsSeen);
      this.#control.onEvent?.({
        kind: 'step',
        epoch: epoch + 1,
        step: done,
        steps: recipe.epochs * this.#stepsPerEpoch,
        loss: this.#lastLoss,
        ...speed,
      });
      if (this.#isTimeToSave()) this.#save();
    }
    await this.#endEpoch(generator);
  }

  #lastLoss = NaN;

  async #step(plan: StepPlan): Promise<void> {
    const { session, roles } = this.#parts;
    const { training, recipe, padding } = this.#request;
    const { memory } = session;
    let loss = 0;
    for (const [index, run] of plan.runs.entries()) {
      const batch = fillBatch(run, training, padding, 1 / plan.rowCount);
      loss += await session.run(batch, index === 0);
      this.#stopIfCancelled();
    }
    const norm = gradientNorm(memory);
    if (!Number.isFinite(loss) || !Number.isFinite(norm)) throw this.#diverged(plan, loss);
    const step = this.#progress.step + 1;
    const steps = recipe.epochs * this.#stepsPerEpoch;
    const factor = scheduleFactor(recipe.schedule, step - 1, steps);
    adamwStep(memory, roles, { step, factor, norm, settings: recipe });
    this.#lastLoss = loss;
    this.#progress = {
      ...this.#progress,
      step,
      stepInEpoch: this.#progress.stepInEpoch + 1,
      masks: [...session.masks.state],
      lossSum: this.#progress.lossSum + loss * plan.rowCount,
      rowsSeen: this.#progress.rowsSeen + plan.rowCount,
    };
  }

  async #endEpoch(generator: Generator): Promise<void> {
    const { session, store } = this.#parts;
    const { holdOut, recipe, padding } = this.#request;
    const metrics = await evaluate(session, holdOut, {
      recipe,
      padding,
      loss: losses[recipe.loss],
      pause: () => this.#stopIfCancelled(),
    });
    const { epoch, step, lossSum, rowsSeen, history, best } = this.#progress;
    const report: EpochReport = { epoch: epoch + 1, loss: lossSum / rowsSeen, ...metrics };
    const value = report[recipe.metric];
    const isBest = best === null || holdOut.length === 0 || (value ?? -Infinity) > (best.value ?? -Infinity);
    if (isBest && store) store.saveBest(session.memory, step);
    if (isBest && !store) this.#bestValues = session.memory.region('values').slice();
    this.#progress = {
      ...this.#progress,
      epoch: epoch + 1,
      stepInEpoch: 0,
      order: [...generator.state],
      lossSum: 0,
      rowsSeen: 0,
      history: [...history, report],
      best: isBest ? { epoch: epoch + 1, step, value } : best,
    };
    this.#save();
    this.#control.onEvent?.({ kind: 'epoch', ...report });
  }

  #isOver(): boolean {
    const { epochs, patience } = this.#request.recipe;
    const { epoch, best } = this.#progress;
    return epoch >= epochs || (patience !== null && best !== null && epoch - best.epoch >= patience);
  }

  #isTimeToSave(): boolean {
    const { checkpoints } = this.#request;
    const { everySteps = Infinity, everySeconds = usualSecondsBetweenSaves } = checkpoints ?? {};
    const { at, step } = this.#saved;
    return this.#progress.step - step >= everySteps || performance.now() - at >= everySeconds * 1000;
  }

  #save(): void {
    const { session, store } = this.#parts;
    if (!store) return;
    store.save(session.memory, this.#progress);
    this.#saved = { at: performance.now(), step: this.#progress.step };
    this.#control.onEvent?.({ kind: 'saved', step: this.#progress.step });
  }

  /** Nothing of a step that is not finished has changed parameters or moments, so what is saved is the state before it. */
  #stopIfCancelled(): void {
    if (!this.#control.signal?.aborted) return;
    if (this.#progress.step > this.#saved.step) this.#save();
    throw new AppError('cancelled', 'The training was cancelled. It can be resumed from where it was.');
  }

  #diverged(plan: StepPlan, loss: number): AppError {
    const rows = plan.runs.flatMap((run) => run.rows).map((row) => row + 1);
    const { epoch, step } = this.#progress;
    const what = Number.isFinite(loss) ? 'A gradient is not finite' : `The loss is ${loss}`;
    const listed = rows.slice(0, 8).join(', ') + (rows.length > 8 ? ` and ${rows.length - 8} more` : '');
    return new AppError(
      'bad-input',
      `${what} at step ${step + 1} (epoch ${epoch + 1}), in the batch of rows ${listed}. ` +
        'The training was stopped; the last checkpoint is kept. Try a lower learning rate, and look at these rows.',
      { epoch: epoch + 1, step: step + 1, rows: rows.map(String) },
    );
  }
}
