import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';

/** One row of the CPC title lists, its title without bracketed references. */
export interface CpcTitle {
  readonly symbol: string;
  readonly title: string;
  /** The index of the row it sits under; -1 for a section. */
  readonly parent: number;
}

/** The official title lists of `DIR/cpc/*.zip`, in the order of the scheme. */
export function readCpcTitles(data: string): CpcTitle[] {
  const folder = join(data, 'cpc');
  const archive = readdirSync(folder).find((name) => name.endsWith('.zip'));
  if (archive === undefined)
    throw new Error(`No CPC title list in ${folder}: expected a .zip of text files.`);
  const files = unzipSync(readFileSync(join(folder, archive)));
  const titles: CpcTitle[] = [];
  for (const name of Object.keys(files).sort()) addSection(strFromU8(files[name]!), titles);
  return titles;
}

function addSection(text: string, titles: CpcTitle[]): void {
  // The open row of each depth: section, class, subclass, main group (level 0), subgroups (level 1 …).
  const open: number[] = [];
  for (const line of text.split(/\r?\n/)) {
    const [symbol, level, title] = line.split('\t');
    if (symbol === undefined || level === undefined || title === undefined) continue;
    const depth = level === '' ? Math.max(0, symbol.length - 2) : 3 + Number(level);
    const parent = depth === 0 ? -1 : (open[depth - 1] ?? -1);
    open.length = depth;
    open[depth] = titles.length;
    titles.push({ symbol, title: withoutReferences(title), parent });
  }
}

/** A title without references in round brackets; curly brackets only mark additions to the IPC and are taken off. */
export function withoutReferences(title: string): string {
  let depth = 0;
  let kept = '';
  for (const char of title) {
    if (char === '(') depth++;
    else if (char === ')') depth = Math.max(0, depth - 1);
    else if (depth === 0 && char !== '{' && char !== '}') kept += char;
  }
  return kept
    .replace(/\s+([;,.])/g, '$1')
    .replace(/\s+/g, ' ')
    .trim();
}
