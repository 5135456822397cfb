import { EventEmitter } from 'node:events';
import vm from 'node:vm';
import { preventable } from './application.mjs';
import { navigation, openPage } from './page.mjs';

let nextId = 1;

class WebContents extends EventEmitter {
  id = nextId++;
  deliver = () => undefined;
  rtcPolicy = 'default';
  #url = '';
  #destroyed = false;
  #openHandler = () => ({ action: 'allow' });
  #page = null;

  constructor(preferences, session, handlers) {
    super();
    this.preferences = preferences;
    this.session = session;
    this.handlers = handlers;
    this.mainFrame = { origin: 'null', parent: null };
  }
  getLastWebPreferences() {
    return this.preferences;
  }
  getURL() {
    return this.#url;
  }
  isDestroyed() {
    return this.#destroyed;
  }
  send(channel, ...args) {
    if (this.#destroyed) throw new Error('Object has been destroyed');
    this.deliver(channel, ...args);
  }
  setWindowOpenHandler(handler) {
    this.#openHandler = handler;
  }
  setWebRTCIPHandlingPolicy(policy) {
    this.rtcPolicy = policy;
  }
  askToOpen(url) {
    return this.#openHandler({ url });
  }
  askToNavigate(url) {
    const event = navigation(url);
    this.emit('will-frame-navigate', event);
    this.emit('will-navigate', event);
    if (!event.defaultPrevented) this.#url = url;
  }
  async load(url) {
    const answer = await this.session.fetch(url);
    this.#url = url;
    this.mainFrame.origin = new URL(url).host === '' ? 'null' : url.split('/').slice(0, 3).join('/');
    this.documentPolicy = answer.headers.get('content-security-policy');
    this.#page = openPage(this, this.handlers, this.preferences.preload);
    this.emit('did-finish-load');
  }
  async executeJavaScript(code) {
    return structuredClone(await vm.runInContext(code, this.#page));
  }
  destroy() {
    this.#destroyed = true;
    this.emit('destroyed');
  }
}

/** The class of windows of one application. */
export function createWindowClass({ app, session, handlers }) {
  const windows = [];
  return class BrowserWindow extends EventEmitter {
    static getAllWindows() {
      return [...windows];
    }
    focusCount = 0;
    #bounds;
    #visible;
    #maximized = false;

    constructor(options) {
      super();
      if (!app.isReady()) throw new Error('Cannot create BrowserWindow before app is ready');
      this.options = options;
      this.#visible = options.show !== false;
      const { x = 160, y = 50, width, height } = options;
      this.#bounds = { x, y, width, height };
      this.webContents = new WebContents(options.webPreferences, session, handlers);
      windows.push(this);
      app.emit('web-contents-created', {}, this.webContents);
      app.emit('browser-window-created', {}, this);
    }
    async loadURL(url) {
      await this.webContents.load(url);
      this.emit('ready-to-show');
    }
    show() {
      this.#visible = true;
    }
    isVisible() {
      return this.#visible;
    }
    isMinimized() {
      return false;
    }
    focus() {
      this.focusCount += 1;
    }
    maximize() {
      this.#maximized = true;
    }
    isMaximized() {
      return this.#maximized;
    }
    setBounds(bounds) {
      this.#bounds = { ...this.#bounds, ...bounds };
    }
    getBounds() {
      return { ...this.#bounds };
    }
    getNormalBounds() {
      return { ...this.#bounds };
    }
    getBackgroundColor() {
      return this.options.backgroundColor;
    }
    close() {
      const event = preventable();
      this.emit('close', event);
      if (event.defaultPrevented) return;
      windows.splice(windows.indexOf(this), 1);
      this.webContents.destroy();
      this.emit('closed');
      if (windows.length === 0) app.emit('window-all-closed');
    }
  };
}
