import { AppError } from '../../contract/app-error.ts';
import type { PackCheck } from '../cli-app.ts';
import type { Command } from '../command.ts';
import { escapeText } from '../terminal/escape-text.ts';

function sound(check: PackCheck): boolean {
  return check.error === null && check.files.every((file) => file.error === null);
}

function checkLines(check: PackCheck): string[] {
  const name = escapeText(check.id ?? check.dir);
  if (sound(check)) return [`ok      ${name} (${check.files.length} files)`];
  const faults = check.files.flatMap(({ file, error }) =>
    error === null ? [] : [`${file}: ${error.message}`],
  );
  const reasons = faults.length > 0 ? faults : [check.error?.message ?? ''];
  return [`BROKEN  ${name}`, ...reasons.map((reason) => `        ${escapeText(reason)}`)];
}

/** Reads every file of every pack and compares it with the hashes in pack.json. */
export const packsVerify: Command = {
  name: 'packs verify',
  words: [],
  summary: 'Compare every file of every model pack with the hashes it was published with.',
  options: {},
  async run({ app: open, print }) {
    const checks = await (await open()).verifyPacks();
    print({ packs: checks.map((check) => ({ ...check, ok: sound(check) })) }, () =>
      checks.length === 0 ? ['There are no model packs.'] : checks.flatMap(checkLines),
    );
    const broken = checks.filter((check) => !sound(check));
    if (broken.length > 0) {
      const names = broken.map((check) => check.id ?? check.dir).join(', ');
      throw new AppError(
        'pack-tampered',
        `Not as published: ${names}. Install Priorphrase or the pack again.`,
      );
    }
  },
};
