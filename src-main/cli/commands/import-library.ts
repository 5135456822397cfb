import type { Command } from '../command.ts';
import { textOption, textsOption } from '../parse-command.ts';
import { escapeText } from '../terminal/escape-text.ts';
import { UsageError } from '../usage-error.ts';

const roles = ['phrase', 'anchor', 'target', 'context', 'score'];

/** `anchor=COL,target=COL` as a table of roles; null where nothing was given. */
export function parseColumns(texts: readonly string[]): Record<string, string> | null {
  if (texts.length === 0) return null;
  const columns: Record<string, string> = {};
  for (const part of texts.flatMap((text) => text.split(','))) {
    const [role = '', ...rest] = part.split('=');
    const column = rest.join('=').trim();
    if (!roles.includes(role.trim()) || column === '') {
      throw new UsageError(
        `--map: found "${part}", expected ROLE=COLUMN with one of the roles ${roles.join(', ')}.`,
        'import',
      );
    }
    columns[role.trim()] = column;
  }
  return columns;
}

/** Reads the phrases of a CSV into a library. */
export const importLibrary: Command = {
  name: 'import',
  words: ['FILE'],
  summary: 'Read the phrases of a CSV into a library.',
  options: {
    library: { type: 'string', value: 'NAME', help: 'the library to fill; made when it is not there' },
    map: {
      type: 'string',
      value: 'ROLE=COL,…',
      multiple: true,
      help: `which columns to read, such as anchor=A,target=B; roles: ${roles.join(', ')}`,
    },
  },
  async run({ words, options, app: open, print, note, onProgress, signal }) {
    const library = textOption(options, 'library')?.trim() ?? '';
    if (library === '') throw new UsageError('--library NAME is missing: the library to fill.', 'import');
    const columns = parseColumns(textsOption(options, 'map'));
    const app = await open();
    const result = await app.importLibrary(
      { file: words[0] ?? '', library, columns },
      { onProgress, signal },
    );
    for (const notice of result.notices) note(notice);
    print(result, () => [
      `Read ${result.rows} rows: ${result.phrases} new phrases in the library ${escapeText(result.library)}.`,
      ...(result.refused > 0 ? [`${result.refused} rows could not be used.`] : []),
    ]);
  },
};
