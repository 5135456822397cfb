import { textEncoding, type Delimiter, type ReadingChoices } from '../contract/table-file.ts';
import type { Option, OptionValues } from './command.ts';
import { textOption } from './parse-command.ts';
import { UsageError } from './usage-error.ts';

/** The options that say how a file is read, where the detection is not to decide. */
export const readingOptions = {
  encoding: {
    type: 'string',
    value: 'NAME',
    help: `the encoding of a text file: ${textEncoding.options.join(', ')}`,
  },
  delimiter: {
    type: 'string',
    value: 'CHAR',
    help: 'what separates cells: comma, semicolon, tab, bar (or the character), or none',
  },
  header: { type: 'boolean', help: 'the first row names the columns' },
  'no-header': { type: 'boolean', help: 'the first row is a row like the others' },
  member: { type: 'string', value: 'NAME', help: 'the file inside an archive, or the sheet of a workbook' },
} as const satisfies Readonly<Record<string, Option>>;

const delimiters: Readonly<Record<string, Delimiter>> = {
  ...{ comma: ',', semicolon: ';', tab: '\t', bar: '|', pipe: '|', none: null },
  ...{ ',': ',', ';': ';', '\t': '\t', '\\t': '\t', '|': '|' },
};

/** What the options choose; throws a usage error where one can't be. */
export function readingChoices(options: OptionValues, command: string): ReadingChoices {
  const encoding = textOption(options, 'encoding');
  const delimiter = textOption(options, 'delimiter');
  const member = textOption(options, 'member');
  const named = textEncoding.safeParse(encoding?.toLowerCase());
  if (encoding !== null && !named.success) {
    const expected = `expected ${textEncoding.options.join(', ')}`;
    throw new UsageError(`--encoding: found "${encoding}", ${expected}.`, command);
  }
  if (delimiter !== null && !Object.hasOwn(delimiters, delimiter)) {
    const expected = 'expected comma, semicolon, tab, bar or none';
    throw new UsageError(`--delimiter: found "${delimiter}", ${expected}.`, command);
  }
  const [header, noHeader] = [options['header'] === true, options['no-header'] === true];
  if (header && noHeader) throw new UsageError('--header and --no-header exclude each other.', command);
  return {
    ...(named.success ? { encoding: named.data } : {}),
    ...(delimiter === null ? {} : { delimiter: delimiters[delimiter] ?? null }),
    ...(header || noHeader ? { header } : {}),
    ...(member === null ? {} : { member }),
  };
}
