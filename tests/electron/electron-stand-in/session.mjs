import { EventEmitter } from 'node:events';

class Session extends EventEmitter {
  spellChecker = true;
  #schemes;
  #handlers = new Map();
  #beforeRequest = null;
  #permission = (_contents, _name, answer) => answer(true);
  #check = () => true;
  #device = () => true;

  constructor(schemes) {
    super();
    this.#schemes = schemes;
  }

  protocol = {
    handle: (scheme, handler) => {
      const known = this.#schemes.find((entry) => entry.scheme === scheme);
      if (known?.privileges.standard !== true)
        throw new Error(`${scheme} is not a registered standard scheme`);
      this.#handlers.set(scheme, handler);
    },
  };
  webRequest = { onBeforeRequest: (listener) => (this.#beforeRequest = listener) };

  setPermissionRequestHandler(handler) {
    this.#permission = handler;
  }
  setPermissionCheckHandler(handler) {
    this.#check = handler;
  }
  setDevicePermissionHandler(handler) {
    this.#device = handler;
  }
  setSpellCheckerEnabled(enabled) {
    this.spellChecker = enabled;
  }
  askPermission(contents, name) {
    if (!this.#check(contents, name, contents.getURL(), {})) return 'denied';
    let answer = 'denied';
    this.#permission(contents, name, (granted) => (answer = granted ? 'granted' : 'denied'), {});
    return answer;
  }
  mayUseDevice() {
    return this.#device({ deviceType: 'hid' });
  }

  async fetch(input, init) {
    const request = new Request(input, init);
    let cancelled = false;
    this.#beforeRequest?.({ url: request.url }, ({ cancel }) => (cancelled = cancel === true));
    if (cancelled) throw new Error('net::ERR_BLOCKED_BY_CLIENT');
    const scheme = new URL(request.url).protocol.slice(0, -1);
    const handler = this.#handlers.get(scheme);
    if (handler) return handler(request);
    if (scheme === 'http' || scheme === 'https') return fetch(request);
    throw new Error('net::ERR_UNKNOWN_URL_SCHEME');
  }
}

export const createSession = (schemes) => new Session(schemes);
