import type { Command, Option } from './command.ts';
import { commonOptions } from './parse-command.ts';

function optionUsage(name: string, option: Option): string {
  return `--${name}${option.type === 'string' ? ` ${option.value ?? 'TEXT'}` : ''}`;
}

/** The command with its words and its own options, such as `rank ANCHOR CPC [--limit N]`. */
export function usageOf(command: Command): string {
  const options = Object.entries(command.options).map(([name, option]) =>
    option.required === true ? optionUsage(name, option) : `[${optionUsage(name, option)}]`,
  );
  return [command.name, ...command.words, ...options].join(' ');
}

function optionLines(options: Readonly<Record<string, Option>>): string[] {
  const usages = Object.entries(options).map(
    ([name, option]) => [optionUsage(name, option), option.help] as const,
  );
  const width = Math.max(0, ...usages.map(([usage]) => usage.length));
  return usages.map(([usage, help]) => `  ${usage.padEnd(width)}  ${help}`);
}

/** The help of the whole: every command in one line. */
export function generalHelp(commands: readonly Command[]): string[] {
  const width = Math.max(...commands.map((command) => command.name.length));
  return [
    'Priorphrase ranks phrases by how close they are in meaning in a CPC class. Nothing leaves this machine.',
    '',
    'Usage: priorphrase COMMAND [OPTIONS]',
    '',
    ...commands.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`),
    '',
    'Options of every command:',
    ...optionLines(commonOptions),
    '',
    'priorphrase COMMAND --help explains one command; priorphrase --version prints the version.',
    'Exit codes: 0 done, 1 failed, 2 bad usage or bad input, 130 interrupted.',
  ];
}

/** The help of one command. */
export function commandHelp(command: Command): string[] {
  return [
    `Usage: priorphrase ${usageOf(command)}`,
    '',
    command.summary,
    '',
    'Options:',
    ...optionLines({ ...command.options, ...commonOptions }),
  ];
}
