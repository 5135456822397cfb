import { EventEmitter } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { parentPort } from '../../src-main/engine/parent-port.ts';

const host = process as { parentPort?: unknown };

afterEach(() => {
  delete host.parentPort;
});

describe('the port to the parent', () => {
  it('is that of Electron in a utility process', () => {
    const sent: unknown[] = [];
    const utility = Object.assign(new EventEmitter(), {
      postMessage: (message: unknown) => sent.push(message),
    });
    host.parentPort = utility;
    const port = parentPort();
    const heard: unknown[] = [];
    port?.onMessage((message) => heard.push(message));
    utility.emit('message', { data: { id: 1 }, ports: [] });
    port?.send({ ready: true });
    expect([heard, sent]).toEqual([[{ id: 1 }], [{ ready: true }]]);
  });

  it('is absent in a process that nobody forked', () => {
    const send = Object.getOwnPropertyDescriptor(process, 'send');
    Object.defineProperty(process, 'send', { value: undefined, configurable: true });
    try {
      expect(parentPort()).toBeNull();
    } finally {
      if (send !== undefined) Object.defineProperty(process, 'send', send);
      else delete (process as { send?: unknown }).send;
    }
  });
});
