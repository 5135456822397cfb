import { initial } from './001-initial.ts';
import { sheets } from './002-sheets.ts';
import type { Migration } from './migration.ts';

/** Every migration in order; version n is at index n - 1. */
export const migrations: readonly Migration[] = [initial, sheets];
