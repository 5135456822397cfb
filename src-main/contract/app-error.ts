/** The codes an error may carry across a process boundary; anything else becomes `internal`. */
export const appErrorCodes = [
  'bad-input',
  'not-found',
  'conflict',
  'forbidden',
  'too-large',
  'too-many-requests',
  'database-newer',
  'database-corrupt',
  'pack-missing',
  'pack-tampered',
  'pack-invalid',
  'engine-stopped',
  'engine-failed',
  'cancelled',
  'disk-full',
  'internal',
] as const;

/** One of the known error codes. */
export type AppErrorCode = (typeof appErrorCodes)[number];

/** Facts that help the user mend the cause: plain data, never a stack. */
export type AppErrorDetails = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/** What crosses a boundary instead of an exception. */
export interface AppErrorShape {
  readonly code: AppErrorCode;
  readonly message: string;
  readonly details?: AppErrorDetails;
}

/** An error meant for the user: the message says what was found, where, what was expected and what to do. */
export class AppError extends Error {
  readonly code: AppErrorCode;
  readonly details: AppErrorDetails;

  constructor(code: AppErrorCode, message: string, details: AppErrorDetails = {}, options?: ErrorOptions) {
    super(message, options);
    this.name = 'AppError';
    this.code = code;
    this.details = details;
  }
}

/** The shape that may cross a boundary; the message of an unknown error stays behind, in the log. */
export function toErrorShape(error: unknown): AppErrorShape {
  if (error instanceof AppError) return { code: error.code, message: error.message, details: error.details };
  return {
    code: 'internal',
    message: 'Something went wrong inside Priorphrase. The log has the details; please try again.',
  };
}

/** The error that a received shape stands for. */
export function fromErrorShape(shape: AppErrorShape): AppError {
  return new AppError(shape.code, shape.message, shape.details ?? {});
}
