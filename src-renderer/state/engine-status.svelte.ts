import type { CallOutput } from '../../src-main/contract/calls.ts';
import type { Api } from '../../src-main/contract/transport.ts';
import { failed, loading, ready, valueOf } from './remote.ts';
import type { Remote } from './remote.ts';

/** What the application says about itself. */
export type AppInfo = CallOutput<'app.info'>;
/** The engine process as the user may need to know it. */
export type EngineState = AppInfo['engine'];

/** The application's facts and the state of its engine process. */
export class EngineStatus {
  readonly #api: Api;
  #info = $state.raw<Remote<AppInfo>>(loading);
  #state = $state<EngineState>('stopped');
  #reason = $state<string | null>(null);

  constructor(api: Api) {
    this.#api = api;
  }

  get info(): AppInfo | null {
    return valueOf(this.#info);
  }

  get state(): EngineState {
    return this.#state;
  }

  /** Why the engine restarted or failed. */
  get reason(): string | null {
    return this.#reason;
  }

  /** Reads the facts again; a failure keeps the last ones. */
  async refresh(): Promise<void> {
    try {
      const info = await this.#api.call('app.info', {});
      this.#info = ready(info);
      this.#state = info.engine;
    } catch (error) {
      if (this.#info.status !== 'ready') this.#info = failed(error);
    }
  }

  /** Follows the engine and the libraries; calls back each time that the engine becomes ready. */
  follow(onReady: () => void): () => void {
    const stops = [
      this.#api.on('engine.changed', ({ state, reason }) => {
        const before = this.#state;
        this.#state = state;
        this.#reason = reason;
        if (state === 'ready' && before !== 'ready') onReady();
      }),
      this.#api.on('libraries.changed', () => void this.refresh()),
    ];
    return () => stops.forEach((stop) => stop());
  }
}
