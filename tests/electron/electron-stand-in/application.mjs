import { EventEmitter } from 'node:events';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** An event that can be prevented. */
export function preventable(fields = {}) {
  const event = {
    ...fields,
    defaultPrevented: false,
    preventDefault: () => void (event.defaultPrevented = true),
  };
  return event;
}

function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

class Application extends EventEmitter {
  isPackaged = false;
  #ready = false;
  #quitting = false;
  #lock = null;
  #paths = new Map();
  switches = new Map();
  commandLine = { appendSwitch: (name, value) => this.switches.set(name, value ?? '') };
  sandboxed = false;

  isReady() {
    return this.#ready;
  }
  becomeReady() {
    this.#ready = true;
    this.emit('ready');
  }
  whenReady() {
    return this.#ready ? Promise.resolve() : new Promise((done) => this.once('ready', () => done()));
  }
  enableSandbox() {
    if (this.#ready) throw new Error('app.enableSandbox() can only be called before app is ready');
    this.sandboxed = true;
  }
  setPath(name, path) {
    if (!existsSync(path)) throw new Error(`Failed to set path: ${path} does not exist`);
    this.#paths.set(name, path);
  }
  getPath(name) {
    return this.#paths.get(name);
  }
  requestSingleInstanceLock() {
    const folder = this.getPath('userData');
    const file = join(folder, 'lock');
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
    } catch {
      const holder = Number(readFileSync(file, 'utf8'));
      if (alive(holder)) return false;
      writeFileSync(file, String(process.pid));
    }
    this.#lock = file;
    return true;
  }
  quit() {
    setImmediate(() => {
      const event = preventable();
      if (!this.#quitting) this.emit('before-quit', event);
      this.#quitting = true;
      this.emit('will-quit', event);
      if (!event.defaultPrevented) this.exit(0);
    });
  }
  exit(code) {
    if (this.#lock !== null) rmSync(this.#lock, { force: true });
    this.emit('quit', {}, code);
    process.exit(code);
  }
}

export const application = new Application();
// Electron is ready some time after the entry file has run.
setTimeout(() => application.becomeReady(), 50);
// It runs until it is told to quit, whether or not anything is left to do.
setInterval(() => undefined, 60_000);
