import { extname, resolve } from 'node:path';
import { AppError } from '../../contract/app-error.ts';
import {
  exportFormat,
  exportSource,
  type ExportFormat,
  type ExportSource,
} from '../../contract/export-calls.ts';
import { call } from '../call.ts';
import type { CliApp } from '../cli-app.ts';
import type { Command } from '../command.ts';
import { textOption } from '../parse-command.ts';
import { escapeText } from '../terminal/escape-text.ts';
import { UsageError } from '../usage-error.ts';

const whats = 'sheet:ID, bad-rows:ID, library:NAME, labels or history';

function sheetId(id: string, what: string): number {
  if (/^[1-9]\d{0,14}$/.test(id)) return Number(id);
  const hint = 'expected a number from "priorphrase sheets list", such as sheet:3';
  throw new UsageError(`Found "${what}"; ${hint}.`, 'export');
}

async function libraryId(app: CliApp, name: string): Promise<number> {
  const libraries = await call(app, 'libraries.list', {});
  const found = libraries.find((library) => library.name.toLowerCase() === name.toLowerCase());
  if (found !== undefined) return found.id;
  const there = libraries.map((library) => library.name).join(', ') || 'none';
  throw new AppError('not-found', `There is no library "${name}"; there are: ${there}.`, { library: name });
}

async function sourceOf(what: string, open: () => Promise<CliApp>): Promise<ExportSource> {
  const colon = what.indexOf(':');
  const kind = colon < 0 ? what : what.slice(0, colon);
  const name = colon < 0 ? '' : what.slice(colon + 1).trim();
  if (kind === 'sheet') return exportSource.parse({ of: 'sheet', sheet: sheetId(name, what) });
  if (kind === 'bad-rows') return { of: 'bad-rows', sheet: sheetId(name, what) };
  if (kind === 'library' && name !== '')
    return { of: 'library', library: await libraryId(await open(), name) };
  if (what === 'labels' || what === 'history') return { of: what };
  throw new UsageError(`Found "${what}" to export; expected ${whats}.`, 'export');
}

function formatOf(output: string, asked: string | null): ExportFormat['format'] {
  const format = asked ?? extname(output).slice(1).toLowerCase();
  if (format === 'csv' || format === 'xlsx') return format;
  if (asked !== null) throw new UsageError(`--format: found "${asked}", expected csv or xlsx.`, 'export');
  const hint = 'name a file that ends in .csv or .xlsx, or pass --format csv or --format xlsx';
  throw new UsageError(`The ending of "${output}" tells no format; ${hint}.`, 'export');
}

/** Writes rows of the workspace to a CSV file or a workbook. */
export const exportRows: Command = {
  name: 'export',
  words: ['WHAT', 'OUT'],
  summary: `Write WHAT to the file OUT; WHAT is ${whats}.`,
  options: {
    format: { type: 'string', value: 'csv|xlsx', help: 'how to write it; default: by the ending of OUT' },
    bom: { type: 'boolean', help: 'begin a CSV with a byte order mark, by which Excel knows UTF-8' },
    'no-guard': {
      type: 'boolean',
      help: 'leave cells of a CSV that begin with = + - @ as they are; else an apostrophe keeps spreadsheets from running them',
    },
  },
  async run({ words, options, app: open, print, onProgress, signal }) {
    const [what = '', out = ''] = words;
    const format = exportFormat.parse({
      format: formatOf(out, textOption(options, 'format')),
      bom: options['bom'] === true,
      guardFormulas: options['no-guard'] !== true,
    });
    const source = await sourceOf(what, open);
    const output = resolve(out);
    const app = await open();
    const { rows } = await app.exportFile({ source, format, output }, onProgress, signal);
    print({ output, rows }, () => [`Wrote ${rows} ${rows === 1 ? 'row' : 'rows'} to ${escapeText(out)}.`]);
  },
};
