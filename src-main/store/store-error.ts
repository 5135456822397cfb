import { AppError } from '../contract/app-error.ts';

/** The error to throw for what SQLite threw while working on the database at `path`. */
export function storeError(error: unknown, path: string): unknown {
  const code = sqliteCode(error);
  if (code === null) return error;
  const reason = error instanceof Error ? error.message : String(error);
  const details = { path, sqlite: code };
  const cause = { cause: error };
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') return corruptError(path, reason, cause);
  if (code.startsWith('SQLITE_FULL') || code === 'SQLITE_IOERR_WRITE') {
    return new AppError(
      'disk-full',
      `The disk that holds ${path} is full (${reason}). Free some space and try again; what was stored is safe.`,
      details,
      cause,
    );
  }
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return new AppError(
      'conflict',
      `Another program holds the database ${path} (${reason}). Close it or wait for it, then try again.`,
      details,
      cause,
    );
  }
  if (/^SQLITE_(CANTOPEN|READONLY|PERM|AUTH)/.test(code)) {
    return new AppError(
      'forbidden',
      `The database ${path} cannot be opened for writing (${reason}). Check that its folder exists and that you ` +
        `may write to it, or choose another workspace folder.`,
      details,
      cause,
    );
  }
  return error;
}

/** The error for a file that is no database or a damaged one; it is never overwritten. */
export function corruptError(path: string, reason: string, options: ErrorOptions = {}): AppError {
  return new AppError(
    'database-corrupt',
    `The workspace database ${path} cannot be read: ${reason}. It was left as it is. Restore it from a backup, ` +
      `or move it aside and start with a fresh one.`,
    { path, reason },
    options,
  );
}

function sqliteCode(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null;
  return error.code.startsWith('SQLITE_') ? error.code : null;
}
