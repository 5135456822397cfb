import { AppError } from '../src-main/contract/app-error.ts';
import type { FileHandle } from '../src-main/contract/file-handle.ts';
import type { DroppedFile, OnUpload } from '../src-main/contract/transport.ts';
import { valueOfReply } from './web-reply.ts';

/** What moving files needs from the browser; tests pass their own. */
export interface WebFilesOptions {
  readonly XMLHttpRequest: typeof XMLHttpRequest;
  readonly document: Document;
}

/** The file chooser of the browser; null where the user chose none. */
export function chooseFile({ document }: WebFilesOptions): Promise<File | null> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.hidden = true;
    const settle = () => {
      input.remove();
      resolve(input.files?.[0] ?? null);
    };
    input.addEventListener('change', settle);
    input.addEventListener('cancel', settle);
    // Firefox opens the chooser only for an element of the page.
    document.body.append(input);
    input.click();
  });
}

/** Sends a file to `POST /api/files`. A plain request of the browser, because `fetch` can't tell how far it is. */
export function uploadFile(
  options: WebFilesOptions,
  file: DroppedFile,
  onUpload: OnUpload = () => {},
): Promise<FileHandle> {
  const { name, size } = file;
  return new Promise((resolve, reject) => {
    const request = new options.XMLHttpRequest();
    request.open('POST', `/api/files?name=${encodeURIComponent(name)}`);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.upload.onprogress = ({ loaded }) => onUpload({ name, sent: Math.min(loaded, size), total: size });
    request.onerror = () => reject(notReceived(name));
    request.onabort = request.onerror;
    request.onload = () => {
      try {
        resolve(valueOfReply(bodyOf(request.responseText), request.status, tooLarge(name)) as FileHandle);
      } catch (error) {
        reject(error as Error);
      }
    };
    onUpload({ name, sent: 0, total: size });
    request.send(file as File);
  });
}

/** Lets the browser save a made file from `GET /api/files/ID`. */
export function downloadFile({ document }: WebFilesOptions, { id, name }: FileHandle): void {
  const link = document.createElement('a');
  link.href = `/api/files/${id}`;
  link.download = name;
  link.hidden = true;
  document.body.append(link);
  link.click();
  link.remove();
}

function bodyOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

// Whether the host is gone is for the stream of events to tell: a folder or a file on a lost drive fails in the same way.
function notReceived(name: string): AppError {
  return new AppError(
    'internal',
    `${name} could not be sent. Check that it is a file that can be read, and that Priorphrase is still running in its terminal; then choose it again.`,
    { unreachable: true },
  );
}

function tooLarge(name: string): string {
  return `${name} is larger than this host takes. Import it with the command line: priorphrase import FILE.`;
}
