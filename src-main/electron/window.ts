import { BrowserWindow, nativeTheme, screen } from 'electron';
import { join } from 'node:path';
import type { Ipc } from './ipc.ts';
import type { PageAddress } from './page-address.ts';
import { boundsOnScreen, readWindowState, smallest, writeWindowState } from './window-bounds.ts';

// The canvas colours of the page, so that nothing flashes before its first paint.
const background = { light: '#f5f6f8', dark: '#0f1218' };

/** What a window needs. */
export interface WindowOptions {
  readonly dataDir: string;
  readonly preloadPath: string;
  readonly address: PageAddress;
  readonly ipc: Ipc;
}

/** Opens the window where it was last time and shows it when the page has painted. */
export function openWindow({ dataDir, preloadPath, address, ipc }: WindowOptions): BrowserWindow {
  const stateFile = join(dataDir, 'window.json');
  const state = readWindowState(stateFile);
  const screens = [screen.getPrimaryDisplay(), ...screen.getAllDisplays()].map((display) => display.workArea);
  const window = new BrowserWindow({
    ...boundsOnScreen(state, screens),
    minWidth: smallest.width,
    minHeight: smallest.height,
    title: 'Priorphrase',
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? background.dark : background.light,
    webPreferences: {
      preload: preloadPath,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      // Phrases of patents are no prose, and dictionaries would have to be downloaded.
      spellcheck: false,
    },
  });
  ipc.trust(window.webContents);
  if (state?.maximized === true) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('close', () => {
    writeWindowState(stateFile, { ...window.getNormalBounds(), maximized: window.isMaximized() });
  });
  window.on('page-title-updated', (event) => event.preventDefault());
  void window.loadURL(address.url);
  return window;
}
