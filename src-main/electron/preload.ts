import { contextBridge, ipcRenderer } from 'electron';
import type { CallInput, CallName, CallOutput } from '../contract/calls.ts';
import type { EventName, EventPayload } from '../contract/events.ts';
import type { Api, Reply } from '../contract/transport.ts';

type Listener = (payload: unknown) => void;

const listeners = new Map<string, Set<Listener>>();

ipcRenderer.on('event', (_event, name: string, payload: unknown) => {
  for (const listener of [...(listeners.get(name) ?? [])]) listener(payload);
});

// All that the page gets: nothing of Electron, no channel names, no event objects.
const api: Api = {
  async call<K extends CallName>(name: K, input: CallInput<K>): Promise<CallOutput<K>> {
    const reply = (await ipcRenderer.invoke('call', name, input)) as Reply<CallOutput<K>>;
    if (reply.ok) return reply.value;
    // A plain object: an Error would lose its code and details on the way over the bridge.
    throw reply.error;
  },
  on<K extends EventName>(name: K, listener: (payload: EventPayload<K>) => void): () => void {
    const heard = listeners.get(name) ?? new Set<Listener>();
    const own: Listener = (payload) => listener(payload as EventPayload<K>);
    listeners.set(name, heard.add(own));
    return () => void heard.delete(own);
  },
};

contextBridge.exposeInMainWorld('priorphrase', api);
