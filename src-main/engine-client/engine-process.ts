/** A running engine process as its client needs it: Electron's utilityProcess and a forked Node process both fit. */
export interface EngineProcess {
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once, when the process has ended for whatever reason; `detail` says what is known of it. */
  onExit(listener: (detail: string) => void): void;
  kill(): void;
}

/** Starts an engine process. */
export type SpawnEngine = () => EngineProcess;
