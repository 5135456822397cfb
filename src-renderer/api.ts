import type { Api } from '../src-main/contract/transport.ts';
import { createWebApi } from './web-api.ts';
import type { OnConnection } from './web-api.ts';

declare global {
  interface Window {
    /** What the preload of the desktop shell exposes; absent in a browser tab. */
    readonly priorphrase?: Api;
  }
}

/** The way to the main side: the preload's bridge in the desktop shell, HTTP and server-sent events in a browser. */
export function connectApi(onConnection: OnConnection = () => {}): Api {
  return window.priorphrase ?? createWebApi({ onConnection });
}
