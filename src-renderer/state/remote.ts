import { AppError, appErrorCodes, fromErrorShape } from '../../src-main/contract/app-error.ts';
import type { AppErrorShape } from '../../src-main/contract/app-error.ts';

/** A value that comes from the main side: exactly one of four situations. */
export type Remote<T> =
  | { readonly status: 'idle' }
  | { readonly status: 'loading' }
  | { readonly status: 'ready'; readonly value: T }
  | { readonly status: 'failed'; readonly error: AppError };

/** Nothing asked for yet. */
export const idle: Remote<never> = { status: 'idle' };
/** Asked for, not here yet. */
export const loading: Remote<never> = { status: 'loading' };

/** A value that is here. */
export function ready<T>(value: T): Remote<T> {
  return { status: 'ready', value };
}

/** A request that failed, whatever was thrown. */
export function failed(error: unknown): Remote<never> {
  return { status: 'failed', error: toAppError(error) };
}

/** The value where it is here, else null. */
export function valueOf<T>(remote: Remote<T>): T | null {
  return remote.status === 'ready' ? remote.value : null;
}

/** Any thrown thing as an AppError; plain error shapes survive the bridge of the desktop shell, classes do not. */
export function toAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  if (isErrorShape(thrown)) return fromErrorShape(thrown);
  return new AppError(
    'internal',
    'Something went wrong inside Priorphrase. Please try again.',
    {},
    { cause: thrown },
  );
}

function isErrorShape(thrown: unknown): thrown is AppErrorShape {
  if (typeof thrown !== 'object' || thrown === null) return false;
  const { code, message } = thrown as { code?: unknown; message?: unknown };
  return typeof message === 'string' && (appErrorCodes as readonly unknown[]).includes(code);
}
