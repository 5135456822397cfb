import { resolve } from 'node:path';
import type { AppErrorShape } from '../../src-main/contract/app-error.ts';
import type { CallInput, CallName, CallOutput } from '../../src-main/contract/calls.ts';
import type { EngineProcess } from '../../src-main/engine-client/engine-process.ts';
import { forkEngine } from '../../src-main/engine-client/fork-engine.ts';
import { openApp, type FileApp } from '../../src-main/services/app.ts';

const root = resolve(import.meta.dirname, '../..');

/** The folder of the built-in packs. */
export const builtinModels = resolve(root, 'models');

/** The whole application from its sources, with its real packs and an engine process of its own. */
export interface RealApp {
  readonly app: FileApp;
  /** The value of a call; throws where it fails. */
  call<K extends CallName>(name: K, input: CallInput<K>): Promise<CallOutput<K>>;
  /** The error of a call; throws where it succeeds. */
  refusal(name: CallName, input: unknown): Promise<AppErrorShape>;
  /** Ends the engine process with SIGKILL as soon as the next call of a name has been sent to it. */
  killEngineOnNext(name: string): void;
  /** How many engine processes were started. */
  readonly engines: () => number;
}

/** Opens the application on a workspace; another `modelsDir` brings other packs. */
export async function openRealApp(dataDir: string, modelsDir = builtinModels): Promise<RealApp> {
  const fork = forkEngine(resolve(root, 'src-main/engine/main.ts'));
  let engines = 0;
  let fatal: string | null = null;
  const spawnEngine = (): EngineProcess => {
    const engine = fork();
    engines += 1;
    return {
      ...engine,
      send(message) {
        engine.send(message);
        if (fatal === null || (message as { call?: unknown }).call !== fatal) return;
        fatal = null;
        engine.kill();
      },
    };
  };
  const resourcesDir = resolve(root, 'resources');
  const app = await openApp({
    dataDir,
    modelsDir,
    resourcesDir,
    host: 'cli',
    version: '0.0.0',
    spawnEngine,
  });
  return {
    app,
    async call<K extends CallName>(name: K, input: CallInput<K>) {
      const reply = await app.dispatch(name, input);
      if (!reply.ok) throw new Error(`${name}: ${reply.error.code}: ${reply.error.message}`);
      return reply.value as CallOutput<K>;
    },
    async refusal(name, input) {
      const reply = await app.dispatch(name, input);
      if (reply.ok) throw new Error(`${name} was expected to fail.`);
      return reply.error;
    },
    killEngineOnNext: (name) => void (fatal = name),
    engines: () => engines,
  };
}
