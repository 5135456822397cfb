import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { CallInput, CallName, CallOutput } from '../contract/calls.ts';
import type { EventName, EventPayload } from '../contract/events.ts';
import type { FileHandle } from '../contract/file-handle.ts';
import type { Api, DroppedFile, Reply } from '../contract/transport.ts';

type Listener = (payload: unknown) => void;

const listeners = new Map<string, Set<Listener>>();

ipcRenderer.on('event', (_event, name: string, payload: unknown) => {
  for (const listener of [...(listeners.get(name) ?? [])]) listener(payload);
});

async function ask<Value>(channel: string, ...args: readonly unknown[]): Promise<Value> {
  const reply = (await ipcRenderer.invoke(channel, ...args)) as Reply<Value>;
  if (reply.ok) return reply.value;
  // A plain object: an Error would lose its code and details on the way over the bridge.
  throw reply.error;
}

// All that the page gets: nothing of Electron, no channel names, no event objects.
const api: Api = {
  call: <K extends CallName>(name: K, input: CallInput<K>) => ask<CallOutput<K>>('call', name, input),
  on<K extends EventName>(name: K, listener: (payload: EventPayload<K>) => void): () => void {
    const heard = listeners.get(name) ?? new Set<Listener>();
    const own: Listener = (payload) => listener(payload as EventPayload<K>);
    listeners.set(name, heard.add(own));
    return () => void heard.delete(own);
  },
  openFile: () => ask<FileHandle | null>('file.open'),
  // Only a file that the user dropped has a path; one that the page made up has none.
  takeFile: (file: DroppedFile) => ask<FileHandle>('file.take', webUtils.getPathForFile(file as never)),
  saveFile: (file: FileHandle) => ask<boolean>('file.save', file),
};

contextBridge.exposeInMainWorld('priorphrase', api);
