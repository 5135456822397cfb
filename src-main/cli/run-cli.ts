import { resolve } from 'node:path';
import { toErrorShape } from '../contract/app-error.ts';
import { defaultDataDir } from '../host/data-dir.ts';
import type { Installation } from '../host/installation.ts';
import type { CliApp } from './cli-app.ts';
import type { Command, Context } from './command.ts';
import { exitCodeFor, exitCodes } from './exit-code.ts';
import { commandHelp, generalHelp } from './help.ts';
import { findCommand, parseCommand, textOption, type ParsedCommand } from './parse-command.ts';
import { escapeLines, escapeText } from './terminal/escape-text.ts';
import { createProgress } from './terminal/progress.ts';
import { UsageError } from './usage-error.ts';

/** One of the two output streams of the process. */
export interface OutputStream {
  readonly write: (text: string) => void;
  readonly isTerminal: boolean;
  readonly columns: number;
}

/** What the command line needs of the process around it. */
export interface CliEnvironment {
  readonly commands: readonly Command[];
  readonly installation: Installation;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  /** False with NO_COLOR. */
  readonly colours: boolean;
  /** Aborted when the user interrupts or nobody reads the output any more. */
  readonly signal: AbortSignal;
  /** Who is to have the application: the terminal, or a browser through the web host. */
  readonly openApp: (dataDir: string, host: 'cli' | 'web') => Promise<CliApp>;
}

async function runCommand(
  { command, words, options }: ParsedCommand,
  environment: CliEnvironment,
  json: boolean,
): Promise<void> {
  const { stdout, stderr, signal } = environment;
  const dataDir = textOption(options, 'data-dir');
  const progress = createProgress({ ...stderr, now: () => performance.now() });
  let app: Promise<CliApp> | null = null;
  const context: Context = {
    words,
    options,
    json,
    signal,
    installation: environment.installation,
    columns: stdout.isTerminal ? stdout.columns : null,
    app() {
      const folder = dataDir === null ? defaultDataDir() : resolve(dataDir);
      return (app ??= environment.openApp(folder, command.name === 'serve' ? 'web' : 'cli'));
    },
    print(value, lines) {
      progress.end();
      stdout.write(json ? `${JSON.stringify(value)}\n` : `${lines().join('\n')}\n`);
    },
    note(line) {
      progress.end();
      stderr.write(`${escapeLines(line)}\n`);
    },
    bold: (text) => (stdout.isTerminal && environment.colours ? `\u001b[1m${text}\u001b[22m` : text),
    onProgress: progress.report,
  };
  try {
    await command.run(context);
  } finally {
    progress.end();
    const opened = app as Promise<CliApp> | null;
    await opened?.then(
      (open) => open.close(),
      () => undefined,
    );
  }
}

function explain(error: unknown, environment: CliEnvironment, json: boolean): number {
  const { stdout, stderr, signal } = environment;
  if (signal.aborted) {
    stderr.write('Interrupted.\n');
    return exitCodes.interrupted;
  }
  if (error instanceof UsageError) {
    const help = `priorphrase ${error.command === null ? '' : `${error.command} `}--help`;
    stderr.write(`${escapeText(error.message)}\nSee: ${help}\n`);
    if (json) stdout.write(`${JSON.stringify({ error: { code: 'bad-usage', message: error.message } })}\n`);
    return exitCodes.badUsage;
  }
  const shape = toErrorShape(error);
  stderr.write(`${escapeLines(shape.message)}\n`);
  const suggestions = shape.details?.['suggestions'];
  if (Array.isArray(suggestions) && !shape.message.includes(String(suggestions[0]))) {
    stderr.write(`Did you mean: ${escapeText(suggestions.join(', '))}?\n`);
  }
  // There is no other log on a terminal; without the stack nobody could tell what went wrong.
  if (shape.code === 'internal')
    stderr.write(`${escapeLines(String(error instanceof Error ? error.stack : error))}\n`);
  if (json) stdout.write(`${JSON.stringify({ error: shape })}\n`);
  return exitCodeFor(error);
}

/** Runs one command line and gives the exit code; never rejects. */
export async function runCli(args: readonly string[], environment: CliEnvironment): Promise<number> {
  const { commands, stdout, stderr, installation } = environment;
  const show = (lines: readonly string[]) => stdout.write(`${lines.join('\n')}\n`);
  let json = args.includes('--json');
  try {
    const [first] = args;
    if (first === '--version') {
      show([installation.version]);
      return exitCodes.done;
    }
    const asksHelp = first === '--help' || first === 'help' || first === '-h';
    const found = findCommand(commands, asksHelp ? args.slice(1) : args);
    if (found === null) {
      if (asksHelp) show(generalHelp(commands));
      else stderr.write(`${generalHelp(commands).join('\n')}\n`);
      return asksHelp ? exitCodes.done : exitCodes.badUsage;
    }
    const parsed = parseCommand(found.command, asksHelp ? ['--help'] : found.rest);
    json = parsed.options['json'] === true;
    if (parsed.options['help'] === true) {
      show(commandHelp(found.command));
      return exitCodes.done;
    }
    await runCommand(parsed, environment, json);
    return exitCodes.done;
  } catch (error) {
    return explain(error, environment, json);
  }
}
