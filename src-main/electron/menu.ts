import type { MenuItemConstructorOptions } from 'electron';
import type { EventPayload } from '../contract/events.ts';

/** What the menu asks of the page. */
export type MenuCommand = EventPayload<'app.command'>['command'];

/** The menu: File, Edit, View, Window and Help; on macOS the application's own menu before them. */
export function menuTemplate(
  platform: NodeJS.Platform,
  development: boolean,
  command: (command: MenuCommand) => void,
): MenuItemConstructorOptions[] {
  const about: MenuItemConstructorOptions = {
    label: 'About Priorphrase',
    click: () => command('show-about'),
  };
  const mac: MenuItemConstructorOptions = {
    label: 'Priorphrase',
    submenu: [
      about,
      { type: 'separator' },
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      { type: 'separator' },
      { role: 'quit' },
    ],
  };
  const developmentItems: MenuItemConstructorOptions[] = development
    ? [{ type: 'separator' }, { role: 'reload' }, { role: 'toggleDevTools' }]
    : [];
  return [
    ...(platform === 'darwin' ? [mac] : []),
    {
      label: '&File',
      submenu: [
        { label: 'New Query', accelerator: 'CmdOrCtrl+L', click: () => command('focus-anchor') },
        { label: 'Import…', accelerator: 'CmdOrCtrl+O', click: () => command('show-import') },
        { label: 'History', accelerator: 'CmdOrCtrl+Shift+H', click: () => command('show-history') },
        { type: 'separator' },
        platform === 'darwin' ? { role: 'close' } : { role: 'quit' },
      ],
    },
    {
      label: '&Edit',
      submenu: [
        { role: 'undo' },
        { role: 'redo' },
        { type: 'separator' },
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll' },
      ],
    },
    {
      label: '&View',
      submenu: [
        { label: 'Lookup', accelerator: 'Alt+1', click: () => command('show-lookup') },
        { label: 'Import', accelerator: 'Alt+2', click: () => command('show-import') },
        { label: 'Sheets', accelerator: 'Alt+3', click: () => command('show-sheets') },
        { label: 'Jobs', accelerator: 'Alt+4', click: () => command('show-jobs') },
        { type: 'separator' },
        { label: 'Switch Theme', accelerator: 'CmdOrCtrl+Shift+D', click: () => command('toggle-theme') },
        { type: 'separator' },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
        ...developmentItems,
      ],
    },
    { label: '&Window', submenu: [{ role: 'minimize' }, { role: 'zoom' }, { role: 'close' }] },
    { role: 'help', label: '&Help', submenu: [about] },
  ];
}
