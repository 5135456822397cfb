import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commands } from '../../src-main/cli/commands.ts';
import { usageOf } from '../../src-main/cli/help.ts';
import { run } from './support.ts';

const readme = resolve(import.meta.dirname, '../../README.md');

describe('help', () => {
  it('names the documented commands', () => {
    expect(commands.map(usageOf)).toEqual([
      'rank ANCHOR CPC [--limit N] [--library NAME] [--query SYSTEM] [--fields FIELD,…] [--proximity N] [--no-truncation] [--no-class]',
      'score IN.csv OUT.csv [--mode pair|list] [--library NAME] [--context CPC] [--map ROLE=COL,…] [--encoding NAME] [--delimiter CHAR] [--header] [--no-header] [--member NAME] [--queue URL] [--scorer ID]',
      'import FILE --library NAME [--map ROLE=COL,…] [--encoding NAME] [--delimiter CHAR] [--header] [--no-header] [--member NAME] [--scores refuse|snap|keep] [--bad OUT]',
      'export WHAT OUT [--format csv|xlsx] [--bom] [--no-guard]',
      'sheets list',
      'cpc import ZIP|DIR',
      'cpc search WORDS… [--limit N]',
      'train LABELS.csv --recipe NAME|FILE --out PACK [--licence TEXT]',
      'evaluate LABELS.csv [--scorer ID] [--mode pair|list] [--unseen]',
      'jobs list',
      'jobs resume ID',
      'jobs cancel ID',
      'packs list',
      'packs verify',
      'packs add DIR',
      'packs quantise PACK --labels LABELS.csv --out DIR',
      'serve [--port N]',
      'worker --queue URL [--scorer ID]',
    ]);
  });

  it('lists every command with what it does, and opens nothing', async () => {
    const { code, stdout, stderr, state } = await run(['--help']);
    expect([code, stderr, state.opened]).toEqual([0, '', 0]);
    for (const { name, summary } of commands)
      expect(stdout).toMatch(new RegExp(`^  ${name} +${summary.slice(0, 20)}`, 'm'));
    expect(stdout).not.toMatch(/packs bench/);
  });

  it.each(commands.map((command) => [command.name, command] as const))(
    'of %s explains its options',
    async (name, command) => {
      for (const args of [
        [...name.split(' '), '--help'],
        ['help', ...name.split(' ')],
      ]) {
        const { code, stdout, state } = await run(args);
        expect([code, state.opened]).toEqual([0, 0]);
        expect(stdout).toContain(`Usage: priorphrase ${usageOf(command)}`);
        for (const option of [...Object.keys(command.options), 'data-dir', 'json', 'help']) {
          expect(stdout).toMatch(new RegExp(`^  --${option}\\b.*  \\w`, 'm'));
        }
      }
    },
  );

  it('prints the version', async () => {
    expect(await run(['--version'])).toMatchObject({ code: 0, stdout: '1.2.3\n' });
  });

  it.skipIf(!existsSync(readme))('and the README name the same commands', () => {
    const lines = readFileSync(readme, 'utf8').match(/^\| `npx priorphrase .*$/gm) ?? [];
    // `packs list\|verify` stands for two commands.
    const documented = lines.flatMap((line) => {
      const words = line.split('`')[1]?.split(' ').slice(2) ?? [];
      const name = words.filter((word) => /^[a-z]+(\\\|[a-z]+)*$/.test(word)).join(' ');
      const [first = '', rest] = name.split(' ');
      return rest === undefined ? [first] : rest.split('\\|').map((word) => `${first} ${word}`);
    });
    expect([...documented].sort()).toEqual(commands.map(({ name }) => name).sort());
  });
});
