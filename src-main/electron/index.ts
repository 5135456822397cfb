import { app, BrowserWindow, dialog, Menu, session } from 'electron';
import { join } from 'node:path';
import { toErrorShape } from '../contract/app-error.ts';
import { defaultDataDir, makeDataDir } from '../host/data-dir.ts';
import { installationOf } from '../host/installation.ts';
import { keepHeapSmall } from '../host/keep-heap-small.ts';
import { openApp, type App } from '../services/app.ts';
import { fileRequests } from './file-dialogs.ts';
import { openIpc, type Ipc } from './ipc.ts';
import { menuTemplate } from './menu.ts';
import { pageAddress } from './page-address.ts';
import { lockEveryPage, lockSession } from './permissions.ts';
import { registerPageScheme, servePage } from './protocol.ts';
import { utilityEngine } from './utility-engine.ts';
import { openWindow } from './window.ts';

const dataDir = defaultDataDir();
const installation = installationOf(import.meta.url, app.isPackaged ? process.resourcesPath : null);
const address = pageAddress(app.isPackaged, process.env['ELECTRON_RENDERER_URL']);
const log = (message: string, error?: unknown) => console.error(message, error ?? '');

keepHeapSmall();
app.enableSandbox();
// No name is ever resolved: whatever slipped past the other refusals would find nobody.
if (address.devServer === null) app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
app.commandLine.appendSwitch('disable-background-networking');
registerPageScheme();
lockEveryPage(app);

function giveUp(error: unknown): void {
  log('Priorphrase cannot start', error);
  dialog.showErrorBox('Priorphrase cannot start', toErrorShape(error).message);
  app.exit(1);
}

/** Takes the workspace for this process; false where another one has it. */
function takeWorkspace(): boolean {
  // What the browser engine keeps for itself, apart from the user's data.
  const folder = join(dataDir, 'window');
  makeDataDir(folder);
  app.setPath('userData', folder);
  return app.requestSingleInstanceLock();
}

function showFirstWindow(): void {
  const [window] = BrowserWindow.getAllWindows();
  if (window === undefined) return;
  if (window.isMinimized()) window.restore();
  window.focus();
}

function openServices(): Promise<App> {
  const { version, resourcesDir, modelsDir, enginePath } = installation;
  const spawnEngine = utilityEngine(enginePath);
  return openApp({ dataDir, host: 'electron', version, resourcesDir, modelsDir, spawnEngine });
}

function keepWindow(ipc: Ipc): void {
  const open = () => openWindow({ dataDir, preloadPath: installation.preloadPath, address, ipc });
  open();
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) open();
  });
}

function closeInOrder(services: App): void {
  let closed = false;
  app.on('will-quit', (event) => {
    if (closed) return;
    event.preventDefault();
    const leave = () => {
      closed = true;
      app.quit();
    };
    services.close().then(leave, (error: unknown) => {
      log('The application could not be closed in order', error);
      leave();
    });
  });
}

async function start(): Promise<void> {
  const opening = openServices();
  // Refusals are handled below; until then they are nobody's.
  opening.catch(() => undefined);
  await app.whenReady();
  lockSession(session.defaultSession, address);
  if (address.devServer === null) await servePage(session.defaultSession, installation.rendererDir);
  const services = await opening;
  closeInOrder(services);
  const ipc = openIpc(services.dispatch, fileRequests(services.files), address.origin, log);
  services.onEvent(ipc.send);
  const development = !app.isPackaged;
  const template = menuTemplate(process.platform, development, (command) =>
    ipc.send('app.command', { command }),
  );
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
  keepWindow(ipc);
}

try {
  if (takeWorkspace()) {
    app.on('second-instance', showFirstWindow);
    app.on('window-all-closed', () => {
      if (process.platform !== 'darwin') app.quit();
    });
    // Not awaited here: Electron is ready only after this file has run to its end.
    start().catch(giveUp);
  } else {
    app.quit();
  }
} catch (error) {
  giveUp(error);
}
