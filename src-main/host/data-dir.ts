import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { AppError } from '../contract/app-error.ts';

const folder = 'priorphrase';

/** The environment that decides where data is kept. */
export interface DataDirEnvironment {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

function absolute(path: string | undefined): string | null {
  // The XDG specification: a relative path is invalid and to be ignored.
  return path !== undefined && isAbsolute(path) ? path : null;
}

/**
 * The workspace, the same for the window, the browser and the command line: what the user asked for
 * (PRIORPHRASE_DATA_DIR), else the folder for application data of the operating system.
 */
export function defaultDataDir(
  from: DataDirEnvironment = { platform: process.platform, env: process.env, home: homedir() },
): string {
  const asked = from.env['PRIORPHRASE_DATA_DIR'];
  if (asked !== undefined && asked !== '') return resolve(asked);
  switch (from.platform) {
    case 'win32':
      return join(absolute(from.env['APPDATA']) ?? join(from.home, 'AppData', 'Roaming'), folder);
    case 'darwin':
      return join(from.home, 'Library', 'Application Support', folder);
    default:
      return join(absolute(from.env['XDG_DATA_HOME']) ?? join(from.home, '.local', 'share'), folder);
  }
}

/** Makes the workspace, readable by this user alone; `bad-input` where that is impossible. */
export function makeDataDir(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const advice = 'Name another folder with --data-dir or in PRIORPHRASE_DATA_DIR.';
    throw new AppError('bad-input', `The workspace ${folder} cannot be made (${why}). ${advice}`, { folder });
  }
}
