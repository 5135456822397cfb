import type { App, Session, WebContents } from 'electron';
import { mayLoad, type PageAddress } from './page-address.ts';

/** Refuses every permission, device and download, and every request that would leave this machine. */
export function lockSession(session: Session, address: PageAddress): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => event.preventDefault());
  // The dictionaries of the spelling checker are downloaded.
  session.setSpellCheckerEnabled(false);
  session.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !mayLoad(address, details.url) }));
}

function lockContents(contents: WebContents): void {
  // The page is one page: it may load itself again and go nowhere else.
  const stay = (event: { readonly url: string; preventDefault(): void }) => {
    if (event.url !== contents.getURL()) event.preventDefault();
  };
  contents.on('will-navigate', stay);
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame) event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
  // No window but ours, and no link is handed to the system's browser.
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
}

/** Locks every page that is ever made, whoever makes it. */
export function lockEveryPage(app: App): void {
  app.on('web-contents-created', (_event, contents) => lockContents(contents));
}
