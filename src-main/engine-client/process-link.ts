import {
  messageFromEngine,
  type MessageFromEngine,
  type MessageToEngine,
} from '../contract/engine-messages.ts';
import type { EngineProcess, SpawnEngine } from './engine-process.ts';

/** The answer to one call. */
export type EngineReply = Extract<MessageFromEngine, { ok: boolean }>;

/** How far a call is. */
export type EngineReport = Extract<MessageFromEngine, { progress?: unknown }>;

/** What a link tells its owner; nothing after `onDeath`, nothing after `end()` was called, and nothing at once. */
export interface LinkOwner {
  onReady(): void;
  onReply(reply: EngineReply): void;
  onReport(report: EngineReport): void;
  /** The process ended although nobody asked it to. */
  onDeath(detail: string): void;
  /** Whether the process owes an answer, so that its silence is suspicious. */
  expectsAnswer(): boolean;
}

/** How long a process may take. */
export interface LinkLimits {
  /** To say that it is ready. */
  readonly startMs: number;
  /** Between two signs of life while it owes an answer. */
  readonly silenceMs: number;
  /** To be gone after it was killed. */
  readonly endMs: number;
}

/** One engine process from its start to its end. */
export class ProcessLink {
  readonly #owner: LinkOwner;
  readonly #limits: LinkLimits;
  readonly #gone = Promise.withResolvers<void>();
  readonly #startTimer: NodeJS.Timeout;
  readonly #silenceTimer: NodeJS.Timeout;
  #process: EngineProcess | null = null;
  #state: 'starting' | 'ready' | 'ended' = 'starting';
  #lastWords: string | null = null;
  #heard = performance.now();

  constructor(spawn: SpawnEngine, owner: LinkOwner, limits: LinkLimits) {
    this.#owner = owner;
    this.#limits = limits;
    this.#startTimer = setTimeout(
      () => this.#kill(`it did not start within ${limits.startMs} ms`),
      limits.startMs,
    );
    this.#silenceTimer = this.#watchSilence();
    try {
      this.#process = spawn();
      this.#process.onMessage((message) => this.#hear(message));
      this.#process.onExit((detail) => this.#exited(detail));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      queueMicrotask(() => this.#exited(`it could not be started: ${reason}`));
    }
  }

  /** True when calls may be sent. */
  get ready(): boolean {
    return this.#state === 'ready';
  }

  /** Throws where the message cannot be copied to another process. */
  send(message: MessageToEngine): void {
    if (this.#state === 'ready') this.#process?.send(message);
  }

  /** Kills the process and resolves when it is gone; the owner hears no more of it. */
  async end(): Promise<void> {
    this.#close();
    this.#process?.kill();
    const tooLong = Promise.withResolvers<void>();
    const timer = setTimeout(tooLong.resolve, this.#limits.endMs);
    await Promise.race([this.#gone.promise, tooLong.promise]);
    clearTimeout(timer);
  }

  #hear(raw: unknown): void {
    this.#heard = performance.now();
    if (this.#state === 'ended') return;
    const parsed = messageFromEngine.safeParse(raw);
    if (!parsed.success) return this.#kill('it sent something that is no answer');
    const message = parsed.data;
    if ('ok' in message) this.#owner.onReply(message);
    else if ('progress' in message) this.#owner.onReport(message);
    else if ('fatal' in message) this.#lastWords = message.fatal;
    else if ('ready' in message && this.#state === 'starting') {
      this.#state = 'ready';
      clearTimeout(this.#startTimer);
      this.#owner.onReady();
    }
  }

  #watchSilence(): NodeJS.Timeout {
    const everyMs = this.#limits.silenceMs / 4;
    let last = performance.now();
    const timer = setInterval(() => {
      const now = performance.now();
      // A late tick means that this process was held up or the machine slept: nothing could be heard meanwhile.
      const mayBeSilent = this.#state === 'starting' || !this.#owner.expectsAnswer();
      if (mayBeSilent || now - last > 2 * everyMs) this.#heard = now;
      last = now;
      if (now - this.#heard > this.#limits.silenceMs) {
        this.#kill(`it gave no sign of life for ${this.#limits.silenceMs} ms`);
      }
    }, everyMs);
    timer.unref();
    return timer;
  }

  #kill(reason: string): void {
    if (this.#state === 'ended') return;
    this.#lastWords ??= reason;
    this.#process?.kill();
    this.#die(reason);
  }

  #exited(detail: string): void {
    this.#gone.resolve();
    this.#die(detail);
  }

  #die(detail: string): void {
    if (this.#state === 'ended') return;
    this.#close();
    const words = this.#lastWords;
    this.#owner.onDeath(words === null || words === detail ? detail : `${detail}: ${words}`);
  }

  #close(): void {
    this.#state = 'ended';
    clearTimeout(this.#startTimer);
    clearInterval(this.#silenceTimer);
  }
}
