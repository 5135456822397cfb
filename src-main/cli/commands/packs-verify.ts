import { AppError } from '../../contract/app-error.ts';
import type { PackReport } from '../cli-app.ts';
import type { Command } from '../command.ts';
import { escapeText } from '../terminal/escape-text.ts';

function nameOf(report: PackReport): string {
  return report.pack?.manifest.id ?? report.dir;
}

function reportLines(report: PackReport): string[] {
  const name = escapeText(nameOf(report));
  if (report.ok) return [`ok      ${name} (${report.files.length} files)`];
  const faults = report.files.flatMap(({ error }) => (error === null ? [] : [error.message]));
  const reasons = faults.length > 0 ? faults : [report.error?.message ?? ''];
  return [`BROKEN  ${name}`, ...reasons.map((reason) => `        ${escapeText(reason)}`)];
}

/** Reads every file of every pack and compares it with the hashes in pack.json. */
export const packsVerify: Command = {
  name: 'packs verify',
  words: [],
  summary: 'Compare every file of every model pack with the hashes it was published with.',
  options: {},
  async run({ app: open, print }) {
    const reports = await (await open()).verifyPacks();
    const packs = reports.map(({ dir, pack, ok, error, files }) => ({
      id: pack?.manifest.id ?? null,
      dir,
      ok,
      error,
      files,
    }));
    print({ packs }, () =>
      reports.length === 0 ? ['There are no model packs.'] : reports.flatMap(reportLines),
    );
    const broken = reports.filter((report) => !report.ok).map(nameOf);
    if (broken.length > 0) {
      const message = `Not as published: ${broken.join(', ')}. Install Priorphrase or the pack again.`;
      throw new AppError('pack-tampered', message);
    }
  },
};
