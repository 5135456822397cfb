import { AppError } from '../../contract/app-error.ts';

/** Refuses a file of weights: what was found, where, and what to do about it. */
export function refuse(message: string, details: Readonly<Record<string, string | number>> = {}): never {
  throw new AppError('bad-input', message, details);
}

/** A name from a file as messages may show it: short, and on one line. */
export function shown(name: string): string {
  const line = JSON.stringify(name).slice(1, -1);
  return line.length > 120 ? `${line.slice(0, 120)}…` : line;
}
