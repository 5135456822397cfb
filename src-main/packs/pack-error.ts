import { AppError, type AppErrorCode } from '../contract/app-error.ts';

/** What is wrong with a pack: where, what was found and what was expected. */
export interface PackFault {
  readonly code: Extract<AppErrorCode, 'pack-missing' | 'pack-tampered' | 'pack-invalid'>;
  /** The pack's folder. */
  readonly dir: string;
  /** A path inside the pack; absent where the folder itself is meant. */
  readonly file?: string;
  readonly found: string;
  readonly expected: string;
}

const openings = {
  'pack-missing': 'A model pack is incomplete',
  'pack-tampered': 'A model pack is not what it was when it was made',
  'pack-invalid': 'A folder is not a valid model pack',
} as const;

/** The error of a faulty pack, with what to do about it. */
export function packError(fault: PackFault, options?: ErrorOptions): AppError {
  const where = fault.file === undefined ? fault.dir : `${fault.file} in ${fault.dir}`;
  return new AppError(
    fault.code,
    `${openings[fault.code]}: ${where}: found ${fault.found}, expected ${fault.expected}. ` +
      'Fetch the pack again; if it came with Priorphrase, install Priorphrase again.',
    {
      dir: fault.dir,
      ...(fault.file === undefined ? {} : { file: fault.file }),
      found: fault.found,
      expected: fault.expected,
    },
    options,
  );
}

/** The `code` of a system error, such as `ENOENT`. */
export function systemErrorCode(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}
