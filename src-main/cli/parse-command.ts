import { parseArgs } from 'node:util';
import type { Command, Option, OptionValues } from './command.ts';
import { UsageError } from './usage-error.ts';

/** Options that every command takes. */
export const commonOptions: Readonly<Record<string, Option>> = {
  'data-dir': {
    type: 'string',
    value: 'DIR',
    help: 'the workspace; default: the application data of this user',
  },
  json: { type: 'boolean', help: 'print one JSON document instead of text' },
  help: { type: 'boolean', help: 'show this help' },
};

/** Names of commands that later versions bring. */
const laterCommands = ['packs bench'];

/** A command with the words and options given to it. */
export interface ParsedCommand {
  readonly command: Command;
  readonly words: readonly string[];
  readonly options: OptionValues;
}

/** The command that the first words name, and what follows them; null where there are none. */
export function findCommand(
  commands: readonly Command[],
  args: readonly string[],
): { readonly command: Command; readonly rest: readonly string[] } | null {
  const [first, second] = args;
  if (first === undefined) return null;
  for (const length of [2, 1]) {
    const name = args.slice(0, length).join(' ');
    const command = commands.find((candidate) => candidate.name === name);
    if (command) return { command, rest: args.slice(length) };
    if (laterCommands.includes(name)) throw new UsageError(`"${name}" is not in this version.`);
  }
  const group = commands
    .filter((command) => command.name.startsWith(`${first} `))
    .map((command) => command.name);
  if (group.length > 0) {
    const found = second === undefined ? 'nothing' : `"${second}"`;
    throw new UsageError(`After "${first}", found ${found}; expected one of: ${group.join(', ')}.`);
  }
  const names = commands.map((command) => command.name).join(', ');
  throw new UsageError(`There is no command "${first}"; the commands are: ${names}.`);
}

/** Checks words and options against what the command declares. */
export function parseCommand(command: Command, args: readonly string[]): ParsedCommand {
  const declared = { ...commonOptions, ...command.options };
  const options = Object.fromEntries(
    Object.entries(declared).map(([name, { type, multiple }]) => [
      name,
      { type, multiple: multiple === true },
    ]),
  );
  let parsed: { values: OptionValues; positionals: string[] };
  try {
    parsed = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    // The message of parseArgs names the option; its advice about `--` spans sentences we do not need.
    const message = error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error);
    throw new UsageError(`${message}.`.replace(/\.\.$/, '.'), command.name);
  }
  const words = parsed.positionals;
  const endless = command.words.at(-1)?.endsWith('…') === true;
  if (parsed.values['help'] !== true) {
    const missing = command.words[words.length];
    if (missing !== undefined) throw new UsageError(`${missing.replace('…', '')} is missing.`, command.name);
    if (!endless && words.length > command.words.length) {
      throw new UsageError(
        `Found "${words[command.words.length]}" too much; words with spaces need quotation marks.`,
        command.name,
      );
    }
  }
  return { command, words, options: parsed.values };
}

/** The value of an option that takes one. */
export function textOption(options: OptionValues, name: string): string | null {
  const value = options[name];
  return typeof value === 'string' ? value : null;
}

/** The values of an option that may be repeated. */
export function textsOption(options: OptionValues, name: string): readonly string[] {
  const value = options[name];
  return Array.isArray(value) ? (value as readonly string[]) : [];
}

/** The value of an option that takes a whole number within bounds. */
export function numberOption(
  options: OptionValues,
  name: string,
  bounds: { readonly min: number; readonly max: number; readonly default: number },
  command: string,
): number {
  const text = textOption(options, name);
  if (text === null) return bounds.default;
  const value = /^\d+$/.test(text) ? Number(text) : NaN;
  if (value >= bounds.min && value <= bounds.max) return value;
  throw new UsageError(
    `--${name}: found "${text}", expected a whole number from ${bounds.min} to ${bounds.max}.`,
    command,
  );
}
