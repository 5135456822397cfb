import { beforeEach, describe, expect, it, vi } from 'vitest';

type Handler = (event: unknown, name: unknown, input: unknown) => Promise<unknown>;
const registered = new Map<string, Handler>();
vi.mock('electron', () => ({
  ipcMain: { handle: (channel: string, handler: Handler) => registered.set(channel, handler) },
}));
const { openIpc } = await import('../../src-main/electron/ipc.ts');

function contents(id: number, origin = 'priorphrase://app') {
  const onDestroyed: (() => void)[] = [];
  const mainFrame = { origin };
  return {
    id,
    mainFrame,
    sent: [] as unknown[][],
    destroyed: false,
    once: (_name: string, listener: () => void) => onDestroyed.push(listener),
    isDestroyed() {
      return this.destroyed;
    },
    send(...args: unknown[]) {
      this.sent.push(args);
    },
    destroy() {
      this.destroyed = true;
      onDestroyed.forEach((listener) => listener());
    },
  };
}

const dispatch = vi.fn(async () => ({ ok: true as const, value: 1 }));
const done = async () => ({ ok: true as const, value: 'done' });
const files = { open: vi.fn(done), take: vi.fn(done), save: vi.fn(done) };
const log = vi.fn();
const forbidden = { ok: false, error: expect.objectContaining({ code: 'forbidden' }) };

beforeEach(() => {
  registered.clear();
  vi.clearAllMocks();
});

function open() {
  const ipc = openIpc(dispatch, files, 'priorphrase://app', log);
  const call = (event: unknown) => registered.get('call')!(event, 'app.info', {});
  return { ipc, call, trust: (page: ReturnType<typeof contents>) => ipc.trust(page as never) };
}

it('there are four channels: one for calls and three for files', () => {
  open();
  expect([...registered.keys()]).toEqual(['call', 'file.open', 'file.take', 'file.save']);
});

describe.each(['file.open', 'file.take', 'file.save'] as const)('the channel %s', (channel) => {
  const work = { 'file.open': files.open, 'file.take': files.take, 'file.save': files.save }[channel];

  it('serves the main frame of a trusted page', async () => {
    const { trust } = open();
    const page = contents(1);
    trust(page);
    const event = { sender: page, senderFrame: page.mainFrame };
    expect(await registered.get(channel)!(event, 'asked', undefined)).toEqual({ ok: true, value: 'done' });
    expect(work).toHaveBeenCalledOnce();
  });

  it('refuses an unknown window', async () => {
    open();
    const page = contents(1);
    const event = { sender: page, senderFrame: page.mainFrame };
    expect(await registered.get(channel)!(event, 'asked', undefined)).toEqual(forbidden);
    expect(work).not.toHaveBeenCalled();
  });
});

describe('the call channel', () => {
  it('serves the main frame of a trusted page', async () => {
    const { call, trust } = open();
    const page = contents(1);
    trust(page);
    expect(await call({ sender: page, senderFrame: page.mainFrame })).toEqual({ ok: true, value: 1 });
    expect(dispatch).toHaveBeenCalledWith('app.info', {});
  });

  it.each([
    [
      'an unknown window',
      (page: ReturnType<typeof contents>) => ({ sender: contents(2), senderFrame: page.mainFrame }),
    ],
    [
      'a frame inside the page',
      (page: ReturnType<typeof contents>) => ({ sender: page, senderFrame: { origin: 'priorphrase://app' } }),
    ],
    ['a frame that is gone', (page: ReturnType<typeof contents>) => ({ sender: page, senderFrame: null })],
    [
      'a page that went elsewhere',
      (page: ReturnType<typeof contents>) => {
        page.mainFrame.origin = 'https://evil.example';
        return { sender: page, senderFrame: page.mainFrame };
      },
    ],
    [
      'a window that was closed',
      (page: ReturnType<typeof contents>) => {
        page.destroy();
        return { sender: page, senderFrame: page.mainFrame };
      },
    ],
  ])('refuses %s and logs why', async (_who, event) => {
    const { call, trust } = open();
    const page = contents(1);
    trust(page);
    expect(await call(event(page))).toEqual(forbidden);
    expect(dispatch).not.toHaveBeenCalled();
    expect(log).toHaveBeenCalledWith(expect.stringContaining('A call was refused'));
  });
});

it('events go to the trusted pages that are still there', () => {
  const { ipc, trust } = open();
  const [first, second, stranger] = [contents(1), contents(2), contents(3)];
  trust(first);
  trust(second);
  second.destroy();
  ipc.send('libraries.changed', {});
  expect([first.sent, second.sent, stranger.sent]).toEqual([[['event', 'libraries.changed', {}]], [], []]);
});
