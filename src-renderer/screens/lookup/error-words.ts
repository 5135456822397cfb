import type { AppError, AppErrorCode } from '../../../src-main/contract/app-error.ts';

/** What an error means to the user, and what can be done about it. */
export interface ErrorWords {
  readonly title: string;
  readonly advice: string;
}

/** Title and advice of each error code; the message of the error says the particulars. */
export const errorWords: Readonly<Record<AppErrorCode, ErrorWords>> = {
  'bad-input': { title: 'This query cannot be ranked', advice: 'Change the query above and rank again.' },
  'not-found': { title: 'This class is not known', advice: 'Pick a class by its title, or browse the tree.' },
  conflict: {
    title: 'Something else is changing the same data',
    advice: 'Wait for it to finish, then try again.',
  },
  forbidden: { title: 'This page has lost its access', advice: 'Open the address that Priorphrase printed.' },
  'too-large': {
    title: 'This is more than can be handled at once',
    advice: 'Shorten the anchor or lower the limit.',
  },
  'too-many-requests': { title: 'Too many requests at once', advice: 'Wait a moment, then try again.' },
  'database-newer': {
    title: 'The workspace belongs to a newer Priorphrase',
    advice: 'Open it with that version, or choose another workspace.',
  },
  'database-corrupt': {
    title: 'The workspace is damaged',
    advice: 'Close Priorphrase and restore the file from a copy, or start with a new workspace.',
  },
  'pack-missing': {
    title: 'A model is missing',
    advice: 'Install Priorphrase again; the workspace is not touched.',
  },
  'pack-tampered': {
    title: 'A model has been changed since it was installed',
    advice: 'Install Priorphrase again; the workspace is not touched.',
  },
  'pack-invalid': {
    title: 'A model cannot be read',
    advice: 'Install Priorphrase again; the workspace is not touched.',
  },
  'engine-stopped': {
    title: 'The scoring engine stopped in the middle',
    advice: 'It starts again by itself; the query is repeated when it is back.',
  },
  'engine-failed': {
    title: 'The scoring engine could not be started',
    advice: 'Try again, or restart Priorphrase.',
  },
  cancelled: { title: 'The query was cancelled', advice: 'Rank again when you are ready.' },
  'disk-full': { title: 'The disk is full', advice: 'Make room on the disk, then try again.' },
  internal: { title: 'The query failed', advice: 'Try again; if it fails again, the log has the details.' },
};

/** The symbols that an error suggests instead. */
export function suggestionsOf(error: AppError): readonly string[] {
  const { suggestions } = error.details;
  return Array.isArray(suggestions) ? (suggestions as readonly string[]) : [];
}
