import { AppError } from '../contract/app-error.ts';

/** A workbook that can't be read because it is not whole. */
export function damaged(path: string, found: string, cause?: unknown): AppError {
  const message = `${path} is damaged: ${found}. Open it in a spreadsheet program, save it again and pass that.`;
  return new AppError('bad-input', message, { path }, { cause });
}

/** A workbook that is larger than it may be. */
export function tooLarge(path: string, found: string, most: string): AppError {
  const message = `${path} was refused: ${found}, at most ${most}. Save the sheet as "CSV UTF-8" and pass that.`;
  return new AppError('too-large', message, { path });
}

/** A file that could not be opened or read, by the code of the system. */
export function unreadable(path: string, cause: unknown): AppError {
  const { code } = cause as NodeJS.ErrnoException;
  if (code === 'EACCES' || code === 'EPERM') {
    return new AppError('forbidden', `${path} can't be read: permission denied.`, { path }, { cause });
  }
  if (code === 'EISDIR') {
    return new AppError('bad-input', `${path} is a folder: expected a workbook.`, { path }, { cause });
  }
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    const message = `There is no file at ${path}. Check the path and try again.`;
    return new AppError('not-found', message, { path }, { cause });
  }
  return new AppError('bad-input', `${path} can't be read (${code ?? String(cause)}).`, { path }, { cause });
}
