import { ipcMain, type IpcMainInvokeEvent, type WebContents } from 'electron';
import { AppError, toErrorShape } from '../contract/app-error.ts';
import type { Dispatch, Reply } from '../contract/transport.ts';
import type { EventListener } from '../services/app.ts';
import type { FileRequests } from './file-dialogs.ts';

/** The channels between the page and this process. */
export interface Ipc {
  /** Lets the main frame of these contents call, and sends them the events. */
  trust(contents: WebContents): void;
  /** Sends an event to every trusted page. */
  readonly send: EventListener;
}

/** Why a message is refused, or null where its sender is the application's own page. */
function distrust(
  event: IpcMainInvokeEvent,
  trusted: ReadonlyMap<number, WebContents>,
  origin: string,
): string | null {
  const frame = event.senderFrame;
  if (!trusted.has(event.sender.id)) return 'its window is not one of the application';
  if (frame === null) return 'its frame is gone';
  if (frame !== event.sender.mainFrame) return 'it comes from a frame inside the page';
  if (frame.origin !== origin) return `its page has the origin ${frame.origin}`;
  return null;
}

/** Opens the channels: calls from the application's own page only, events to it. */
export function openIpc(
  dispatch: Dispatch,
  files: FileRequests,
  origin: string,
  log: (message: string) => void,
): Ipc {
  const trusted = new Map<number, WebContents>();

  const answerTrusted = (
    channel: string,
    work: (contents: WebContents, ...args: unknown[]) => Promise<Reply<unknown>>,
  ): void => {
    ipcMain.handle(channel, async (event, ...args: unknown[]): Promise<Reply<unknown>> => {
      const reason = distrust(event, trusted, origin);
      if (reason === null) return work(event.sender, ...args);
      log(`A call was refused: ${reason}.`);
      const error = toErrorShape(new AppError('forbidden', 'This page may not call the application.'));
      return { ok: false, error };
    });
  };
  answerTrusted('call', (_contents, name, input) => dispatch(name, input));
  answerTrusted('file.open', (contents) => files.open(contents));
  answerTrusted('file.take', (_contents, path) => files.take(path));
  answerTrusted('file.save', (contents, handle) => files.save(contents, handle));

  return {
    trust(contents) {
      const { id } = contents;
      trusted.set(id, contents);
      contents.once('destroyed', () => trusted.delete(id));
    },
    send(name, payload) {
      for (const contents of trusted.values()) {
        if (!contents.isDestroyed()) contents.send('event', name, payload);
      }
    },
  };
}
