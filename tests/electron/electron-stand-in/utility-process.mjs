import { fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { application } from './application.mjs';

/** Electron's utility process as a forked Node process: the same messages, without Electron's port. */
export const utilityProcess = {
  fork(modulePath, args = []) {
    if (!application.isReady()) throw new Error('utilityProcess cannot be created before app is ready');
    const process = fork(modulePath, args, {
      serialization: 'advanced',
      execArgv: [],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    const child = new EventEmitter();
    process.on('message', (message) => child.emit('message', message));
    process.on('exit', (code) => child.emit('exit', code ?? 1));
    return Object.assign(child, {
      pid: process.pid,
      stderr: process.stderr,
      postMessage: (message) => process.connected && process.send(message, () => undefined),
      kill: () => process.kill(),
    });
  },
};
