import { copyFile } from 'node:fs/promises';
import { BrowserWindow, dialog, type WebContents } from 'electron';
import { z } from 'zod';
import { AppError, toErrorShape } from '../contract/app-error.ts';
import { fileHandle } from '../contract/file-handle.ts';
import type { Reply } from '../contract/transport.ts';
import type { FileShelf } from '../services/file-shelf.ts';

/** What a page may ask about files: never by a path of its own making. */
export interface FileRequests {
  /** Lets the user choose a file; null where none was chosen. */
  open(contents: WebContents): Promise<Reply<unknown>>;
  /** Takes a file that was dropped; the preload asked the browser engine for its path. */
  take(path: unknown): Promise<Reply<unknown>>;
  /** Lets the user save a file that the application made; false where it was not saved. */
  save(contents: WebContents, handle: unknown): Promise<Reply<unknown>>;
}

const tables = ['csv', 'tsv', 'txt', 'tab', 'psv', 'xlsx', 'gz', 'zip'];
const paths = z.string().min(1).max(32_768);

/** Answers with the system's dialogs. */
export function fileRequests(files: FileShelf): FileRequests {
  return {
    open: (contents) =>
      replied(async () => {
        const filters = [
          { name: 'Tables', extensions: tables },
          { name: 'All files', extensions: ['*'] },
        ];
        const chosen = await dialog.showOpenDialog(windowOf(contents), { properties: ['openFile'], filters });
        const [path] = chosen.filePaths;
        return chosen.canceled || path === undefined ? null : await files.give(path);
      }),
    take: (path) =>
      replied(async () => {
        const checked = paths.safeParse(path);
        if (checked.success) return files.give(checked.data);
        throw new AppError(
          'bad-input',
          'What was dropped is no file on this computer. Choose the file instead.',
        );
      }),
    save: (contents, handle) =>
      replied(async () => {
        const file = files.find(fileHandle.parse(handle).id);
        if (file.purpose !== 'made')
          throw new AppError('forbidden', 'Only a file that was exported can be saved.');
        const chosen = await dialog.showSaveDialog(windowOf(contents), { defaultPath: file.name });
        if (chosen.canceled || chosen.filePath === '') return false;
        await copyFile(file.path, chosen.filePath).catch((cause: unknown) => {
          throw saveError(chosen.filePath, cause);
        });
        return true;
      }),
  };
}

function windowOf(contents: WebContents): BrowserWindow {
  const window = BrowserWindow.fromWebContents(contents);
  if (window === null) throw new AppError('internal', 'The window was closed.');
  return window;
}

async function replied<T>(work: () => Promise<T>): Promise<Reply<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    return { ok: false, error: toErrorShape(error) };
  }
}

function saveError(path: string, cause: unknown): AppError {
  const code = (cause as NodeJS.ErrnoException).code ?? 'unknown';
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new AppError('disk-full', `The disk is full: ${path} was not saved whole.`, { path }, { cause });
  }
  const message = `${path} can't be written (${code}). Choose another folder.`;
  return new AppError('forbidden', message, { path }, { cause });
}
