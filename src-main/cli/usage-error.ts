/** The command line itself is wrong: an unknown command or option, a missing argument. Exit code 2. */
export class UsageError extends Error {
  /** The command whose help explains it, null for the list of all. */
  readonly command: string | null;

  constructor(message: string, command: string | null = null) {
    super(message);
    this.name = 'UsageError';
    this.command = command;
  }
}
