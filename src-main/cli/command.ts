import type { Installation } from '../host/installation.ts';
import type { OnProgress } from '../services/app.ts';
import type { CliApp } from './cli-app.ts';

/** An option of a command. */
export interface Option {
  readonly type: 'string' | 'boolean';
  /** What stands for the value in the help, such as `N`. */
  readonly value?: string;
  readonly multiple?: boolean;
  readonly required?: boolean;
  readonly help: string;
}

/** The values of the options given; a repeated one as a list. */
export type OptionValues = Readonly<
  Record<string, string | boolean | readonly (string | boolean)[] | undefined>
>;

/** What a command works with. */
export interface Context {
  /** The words after the command's name, as many as it declares. */
  readonly words: readonly string[];
  readonly options: OptionValues;
  /** Opens the application on first use; it is closed when the command has ended. */
  readonly app: () => Promise<CliApp>;
  readonly installation: Installation;
  /** True with --json: nothing but one JSON document may go to standard output. */
  readonly json: boolean;
  /** Prints the result: the value with --json, the lines otherwise. The lines must be safe to print. */
  readonly print: (value: unknown, lines: () => readonly string[]) => void;
  /** Prints a remark on standard error; escaped. */
  readonly note: (line: string) => void;
  /** Emphasis where the terminal shows it. */
  readonly bold: (text: string) => string;
  /** Columns of the terminal, null where standard output is none. */
  readonly columns: number | null;
  readonly onProgress: OnProgress;
  /** Aborted when the user interrupts. */
  readonly signal: AbortSignal;
}

/** One command. */
export interface Command {
  /** One or two words, such as `cpc import`. */
  readonly name: string;
  /** The words it takes, such as `ANCHOR CPC`; a last word that ends in `…` takes all that follow. */
  readonly words: readonly string[];
  readonly summary: string;
  readonly options: Readonly<Record<string, Option>>;
  run(context: Context): Promise<void>;
}
