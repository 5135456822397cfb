/** The way to the process that started the engine. */
export interface ParentPort {
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called when the parent has gone away. */
  onClose(listener: () => void): void;
}

/** Electron's side of a utility process, as far as the engine uses it. */
interface UtilityPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void;
}

/** The port to the parent: Electron's, else that of a forked Node process; null where nobody started this process. */
export function parentPort(): ParentPort | null {
  const utility = (process as { readonly parentPort?: UtilityPort }).parentPort;
  if (utility !== undefined && utility !== null) {
    return {
      send: (message) => utility.postMessage(message),
      onMessage: (listener) => utility.on('message', ({ data }) => listener(data)),
      // Electron ends its utility processes itself.
      onClose: () => undefined,
    };
  }
  if (process.send === undefined) return null;
  return {
    send(message) {
      // The callback keeps a parent that is just going away from becoming an uncaught error.
      if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
    },
    onMessage: (listener) => process.on('message', listener),
    onClose: (listener) => process.on('disconnect', listener),
  };
}
