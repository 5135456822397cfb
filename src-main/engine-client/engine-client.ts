import { AppError, fromErrorShape } from '../contract/app-error.ts';
import {
  engineCalls,
  engineProgress,
  type EngineCallName,
  type EngineInput,
  type EngineOutput,
  type EngineProgress,
} from '../contract/engine-calls.ts';
import { defaultBackOff, waitAfter, type BackOff } from './back-off.ts';
import type { Engine, EngineState } from './engine.ts';
import type { SpawnEngine } from './engine-process.ts';
import { ProcessLink, type EngineReply, type EngineReport, type LinkLimits } from './process-link.ts';

/** How a client treats its engine process. */
export interface EngineClientOptions {
  readonly spawn: SpawnEngine;
  /** After so long without a call the process is ended, which gives its memory back; one minute where absent. */
  readonly idleMs?: number;
  /** Hears every change of state; `reason` says why the process restarts or failed. */
  readonly onState?: (state: EngineState, reason: string | null) => void;
  readonly backOff?: BackOff;
  readonly limits?: Partial<LinkLimits>;
}

interface Call {
  readonly id: number;
  readonly name: EngineCallName;
  readonly input: unknown;
  /** The process that works on it; null while it waits for one. */
  link: ProcessLink | null;
  /** How many processes died over it. */
  deaths: number;
  readonly onProgress: ((progress: never) => void) | undefined;
  settle(outcome: { readonly value: unknown } | { readonly error: Error }): void;
}

// Every engine call computes its answer from its input alone, so a second attempt does no harm.
const mostDeathsOfCall = 2;
const defaultLimits: LinkLimits = { startMs: 15_000, silenceMs: 60_000, endMs: 5000 };

/** An engine whose process starts on first use, ends when idle, and is started again after a crash. */
export function createEngineClient(options: EngineClientOptions): Engine {
  return new EngineClient(options);
}

class EngineClient implements Engine {
  readonly #options: EngineClientOptions;
  readonly #backOff: BackOff;
  readonly #calls = new Map<number, Call>();
  #state: EngineState = 'stopped';
  #link: ProcessLink | null = null;
  #ending: Promise<unknown> = Promise.resolve();
  #idleTimer: NodeJS.Timeout | undefined;
  #restartTimer: NodeJS.Timeout | undefined;
  #nextId = 1;
  /** Deaths since the last answer. */
  #deaths = 0;
  #notBefore = 0;

  constructor(options: EngineClientOptions) {
    this.#options = options;
    this.#backOff = options.backOff ?? defaultBackOff;
  }

  get state(): EngineState {
    return this.#state;
  }

  call<K extends EngineCallName>(
    name: K,
    input: EngineInput<K>,
    signal?: AbortSignal,
    onProgress?: (progress: EngineProgress<K>) => void,
  ): Promise<EngineOutput<K>> {
    if (signal?.aborted === true) return Promise.reject(cancelled());
    return new Promise((resolve, reject) => {
      const id = this.#nextId++;
      const onAbort = (): void => this.#cancel(id);
      signal?.addEventListener('abort', onAbort);
      this.#calls.set(id, {
        id,
        name,
        input,
        link: null,
        deaths: 0,
        onProgress,
        settle: (outcome) => {
          this.#calls.delete(id);
          signal?.removeEventListener('abort', onAbort);
          if ('error' in outcome) reject(outcome.error);
          else resolve(outcome.value as EngineOutput<K>);
        },
      });
      this.#proceed();
    });
  }

  async stop(): Promise<void> {
    this.#settleAll(new AppError('engine-stopped', 'The engine was stopped. Ask again to start it.'));
    clearTimeout(this.#restartTimer);
    this.#restartTimer = undefined;
    this.#deaths = 0;
    this.#notBefore = 0;
    this.#endProcess(null);
    await this.#ending;
  }

  /** Does whatever comes next: starts a process, sends what waits, or lets the process idle. */
  #proceed(): void {
    clearTimeout(this.#idleTimer);
    if (this.#calls.size === 0) return this.#rest();
    if (this.#link === null) return this.#start();
    if (!this.#link.ready) return;
    for (const call of this.#calls.values()) {
      if (call.link === null) this.#send(call, this.#link);
    }
    if (this.#calls.size === 0) this.#rest();
  }

  #send(call: Call, link: ProcessLink): void {
    call.link = link;
    try {
      link.send({ id: call.id, call: call.name, input: call.input });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const message = `The input of ${call.name} cannot be sent to the engine: ${reason}.`;
      call.settle({ error: new AppError('bad-input', message, {}, { cause: error }) });
    }
  }

  #rest(): void {
    if (this.#link === null) {
      clearTimeout(this.#restartTimer);
      this.#restartTimer = undefined;
      if (this.#state === 'restarting') this.#enter('stopped', null);
      return;
    }
    this.#idleTimer = setTimeout(() => this.#endProcess('idle'), this.#options.idleMs ?? 60_000);
    this.#idleTimer.unref();
  }

  #start(): void {
    if (this.#restartTimer !== undefined) return;
    const wait = this.#notBefore - performance.now();
    if (wait > 0) {
      this.#restartTimer = setTimeout(() => {
        this.#restartTimer = undefined;
        this.#proceed();
      }, wait);
      this.#enter('restarting', 'it ended a moment ago');
      return;
    }
    const link: ProcessLink = new ProcessLink(
      this.#options.spawn,
      {
        onReady: () => {
          this.#enter('ready', null);
          this.#proceed();
        },
        onReply: (reply) => this.#answer(reply),
        onReport: (report) => this.#report(report),
        onDeath: (detail) => this.#died(link, detail),
        expectsAnswer: () => this.#calls.size > 0,
      },
      { ...defaultLimits, ...this.#options.limits },
    );
    this.#link = link;
    // Last, as the listener may call at once.
    if (this.#state !== 'restarting') this.#enter('starting', null);
  }

  #answer(reply: EngineReply): void {
    this.#deaths = 0;
    // A call that was cancelled is answered all the same, to nobody.
    const call = this.#calls.get(reply.id);
    if (call === undefined) return;
    if (!reply.ok) {
      call.settle({ error: fromErrorShape(reply.error) });
    } else {
      const output = engineCalls[call.name].output.safeParse(reply.value);
      const message = `The engine answered ${call.name} with something else than was asked for; please try again.`;
      call.settle(
        output.success
          ? { value: output.data }
          : { error: new AppError('engine-failed', message, { found: output.error.message }) },
      );
    }
    this.#proceed();
  }

  #report({ id, progress }: EngineReport): void {
    const call = this.#calls.get(id);
    if (call?.onProgress === undefined || !(call.name in engineProgress)) return;
    const parsed = engineProgress[call.name as keyof typeof engineProgress].safeParse(progress);
    if (!parsed.success) return;
    call.onProgress(parsed.data as never);
  }

  #cancel(id: number): void {
    const call = this.#calls.get(id);
    if (call === undefined) return;
    call.settle({ error: cancelled() });
    call.link?.send({ cancel: id });
    this.#proceed();
  }

  #died(link: ProcessLink, detail: string): void {
    if (this.#link !== link) return;
    this.#link = null;
    this.#deaths += 1;
    this.#notBefore = performance.now() + waitAfter(this.#deaths, this.#backOff);
    for (const call of [...this.#calls.values()]) {
      if (call.link !== link) continue;
      call.link = null;
      call.deaths += 1;
      if (call.deaths >= mostDeathsOfCall) call.settle({ error: failed(call.deaths, detail) });
    }
    if (this.#deaths >= this.#backOff.deaths) {
      const deaths = this.#deaths;
      // The next call gets one attempt at once.
      this.#deaths = this.#backOff.deaths - 1;
      this.#notBefore = 0;
      this.#settleAll(failed(deaths, detail));
      this.#enter('failed', detail);
      return;
    }
    this.#enter(this.#calls.size > 0 ? 'restarting' : 'stopped', detail);
    this.#proceed();
  }

  #endProcess(reason: string | null): void {
    clearTimeout(this.#idleTimer);
    const link = this.#link;
    this.#link = null;
    if (link !== null) this.#ending = Promise.all([this.#ending, link.end()]);
    this.#enter('stopped', reason);
  }

  #settleAll(error: Error): void {
    for (const call of [...this.#calls.values()]) call.settle({ error });
  }

  #enter(state: EngineState, reason: string | null): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#options.onState?.(state, reason);
  }
}

function cancelled(): AppError {
  return new AppError('cancelled', 'The work was cancelled.');
}

function failed(deaths: number, detail: string): AppError {
  return new AppError(
    'engine-failed',
    `The engine process ended ${deaths} times without an answer: ${detail}. Nothing stored is lost; ask again to start it ` +
      'anew, and if it goes on, check the model packs with "priorphrase packs verify".',
    { deaths, detail },
  );
}
