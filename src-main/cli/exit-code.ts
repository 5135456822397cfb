import { AppError } from '../contract/app-error.ts';
import { UsageError } from './usage-error.ts';

/** Exit codes of the command line. */
export const exitCodes = { done: 0, failed: 1, badUsage: 2, interrupted: 130 } as const;

/** The exit code for an error: 2 where the user gave something wrong, 1 for any other failure. */
export function exitCodeFor(error: unknown): number {
  if (error instanceof UsageError) return exitCodes.badUsage;
  const bad = error instanceof AppError && (error.code === 'bad-input' || error.code === 'not-found');
  return bad ? exitCodes.badUsage : exitCodes.failed;
}
