// A stand-in for the `electron` module in a plain Node process: as much of it as the shell uses, with Electron's rules
// where they matter (what crosses a bridge is copied, a prevented event prevents, nothing works before it is ready).
import { EventEmitter } from 'node:events';
import { application } from './application.mjs';
import { createWindowClass } from './browser-window.mjs';
import { createSession } from './session.mjs';

export { utilityProcess } from './utility-process.mjs';

const handlers = new Map();

export const ipcMain = {
  handle(channel, handler) {
    if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    handlers.set(channel, handler);
  },
  handlers,
};

const schemes = [];
export const protocol = {
  registerSchemesAsPrivileged(list) {
    if (application.isReady())
      throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    schemes.push(...list);
  },
};

export const app = application;
const defaultSession = createSession(schemes);
export const session = {
  get defaultSession() {
    if (!application.isReady()) throw new Error('Session can only be received when app is ready');
    return defaultSession;
  },
};
export const BrowserWindow = createWindowClass({ app: application, session: defaultSession, handlers });
export const nativeTheme = Object.assign(new EventEmitter(), { shouldUseDarkColors: true });

const workArea = { x: 0, y: 0, width: 1600, height: 900 };
export const screen = { getPrimaryDisplay: () => ({ workArea }), getAllDisplays: () => [{ workArea }] };
export const dialog = {
  showErrorBox: (title, content) => console.error(`${title}: ${content}`),
  // What the user would choose is set by the test; without it, the dialog is closed.
  answers: { open: null, save: null },
  showOpenDialog: async () => ({
    canceled: dialog.answers.open === null,
    filePaths: dialog.answers.open === null ? [] : [dialog.answers.open],
  }),
  showSaveDialog: async () => ({
    canceled: dialog.answers.save === null,
    filePath: dialog.answers.save ?? '',
  }),
};

let applicationMenu = null;
function menuOf(template) {
  const items = template.map((item) => ({
    ...item,
    submenu: item.submenu === undefined ? undefined : menuOf(item.submenu),
  }));
  return { items };
}
export const Menu = {
  buildFromTemplate: menuOf,
  setApplicationMenu: (menu) => (applicationMenu = menu),
  getApplicationMenu: () => applicationMenu,
};
