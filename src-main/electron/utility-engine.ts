import { utilityProcess } from 'electron';
import type { EngineProcess, SpawnEngine } from '../engine-client/engine-process.ts';
import { engineFlags } from '../engine-client/fork-engine.ts';

const keptOutput = 2000;

/** Starts the engine as a utility process of Electron. */
export function utilityEngine(enginePath: string): SpawnEngine {
  return (): EngineProcess => {
    const child = utilityProcess.fork(enginePath, [], {
      serviceName: 'Priorphrase Engine',
      stdio: ['ignore', 'ignore', 'pipe'],
      execArgv: engineFlags,
    });
    let output = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-keptOutput);
    });
    return {
      send: (message) => child.postMessage(message),
      onMessage: (listener) => void child.on('message', listener),
      onExit(listener) {
        child.once('exit', (code) => {
          const said = output.trim();
          listener(`it ended with code ${code}${said === '' ? '' : `: ${said}`}`);
        });
      },
      kill() {
        // A blocked engine does not hear a polite signal.
        if (child.pid !== undefined) process.kill(child.pid, 'SIGKILL');
        else child.kill();
      },
    };
  };
}
