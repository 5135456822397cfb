// The page inside a window: the built preload in a context of its own, and a few things of a browser around it.
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import vm from 'node:vm';
import { preventable } from './application.mjs';

// Over the bridge, functions stay functions, an Error keeps its message only, everything else is copied.
function overBridge(value) {
  if (typeof value === 'function') {
    return (...args) => {
      const result = value(...args.map(overBridge));
      // A promise of the preload's own context is no instance of this one's.
      if (typeof result?.then !== 'function') return overBridge(result);
      return Promise.resolve(result).then(overBridge, (error) => Promise.reject(overBridge(error)));
    };
  }
  if (Object.prototype.toString.call(value) === '[object Error]') return new Error(value.message);
  if (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).some((part) => typeof part === 'function')
  ) {
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, overBridge(part)]));
  }
  return structuredClone(value);
}

function rendererModule(contents, handlers, world) {
  const ipcRenderer = Object.assign(new EventEmitter(), {
    async invoke(channel, ...args) {
      const handler = handlers.get(channel);
      if (!handler) throw new Error(`Error invoking remote method '${channel}': no handler registered`);
      const event = { sender: contents, senderFrame: contents.mainFrame, type: 'frame' };
      return structuredClone(await handler(event, ...args.map((arg) => structuredClone(arg))));
    },
  });
  contents.deliver = (channel, ...args) =>
    ipcRenderer.emit(channel, {}, ...args.map((arg) => structuredClone(arg)));
  const contextBridge = { exposeInMainWorld: (name, api) => (world[name] = overBridge(api)) };
  // A File that the page made itself has no path.
  const webUtils = { getPathForFile: (file) => file.droppedFrom ?? '' };
  return { contextBridge, ipcRenderer, webUtils };
}

/** Opens a page: runs the preload, as a sandboxed one may run, and gives the page's global object. */
export function openPage(contents, handlers, preload) {
  const world = {
    open: (url) => (contents.askToOpen(url).action === 'deny' ? null : {}),
    location: { assign: (url) => contents.askToNavigate(url) },
    Notification: {
      requestPermission: async () => contents.session.askPermission(contents, 'notifications'),
    },
    fetch: (url) => contents.session.fetch(new URL(url, contents.getURL()).href),
  };
  world.window = world;
  const electron = rendererModule(contents, handlers, world);
  const require = (name) => {
    if (name === 'electron') return electron;
    throw new Error(`module not found: ${name}`);
  };
  const preloadWorld = vm.createContext({
    require,
    module: { exports: {} },
    exports: {},
    console,
    Map,
    Set,
    Promise,
  });
  vm.runInContext(readFileSync(preload, 'utf8'), preloadWorld, { filename: preload });
  return vm.createContext(world);
}

/** A navigation that listeners may prevent. */
export function navigation(url, isMainFrame = true) {
  return preventable({ url, isMainFrame });
}
