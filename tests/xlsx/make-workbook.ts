import { strToU8, zipSync, type ZipOptions } from 'fflate';

/** The parts of a workbook as text by their names; `sheets` are put in as Excel does. */
export interface WorkbookText {
  readonly sheets: readonly { readonly name: string; readonly xml: string; readonly state?: string }[];
  readonly sharedStrings?: string;
  readonly styles?: string;
  readonly workbookPr?: string;
  readonly extra?: Readonly<Record<string, string | Uint8Array>>;
  readonly options?: ZipOptions;
}

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** A worksheet part with these rows. */
export function worksheet(rows: string): string {
  return `${head}<worksheet xmlns="${main}"><dimension ref="A1"/><sheetData>${rows}</sheetData><pageMargins left="0.7"/></worksheet>`;
}

/** A shared strings part of these items, each the inside of `si`. */
export function sharedStrings(items: readonly string[]): string {
  return `${head}<sst xmlns="${main}" count="${items.length}" uniqueCount="${items.length}">${items.map((item) => `<si>${item}</si>`).join('')}</sst>`;
}

/** A styles part with these number formats by id, and a cell style for each of the ids. */
export function styles(codes: Readonly<Record<number, string>>, ids: readonly number[]): string {
  const numFmts = Object.entries(codes).map(
    ([id, code]) => `<numFmt numFmtId="${id}" formatCode="${code}"/>`,
  );
  const xfs = ids.map((id) => `<xf numFmtId="${id}" fontId="0" applyNumberFormat="1"/>`);
  return `${head}<styleSheet xmlns="${main}"><numFmts>${numFmts.join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${xfs.join('')}</cellXfs></styleSheet>`;
}

/** The bytes of a workbook made of hand-written parts, such as real programs write. */
export function makeWorkbook(text: WorkbookText): Uint8Array {
  const { sheets, extra = {}, options = {} } = text;
  const relation = (id: string, type: string, target: string): string =>
    `<Relationship Id="${id}" Type="${relations}/${type}" Target="${target}"/>`;
  const named = sheets.map(
    ({ name, state }, at) =>
      `<sheet name="${name}" sheetId="${at + 1}"${state === undefined ? '' : ` state="${state}"`} r:id="rId${at + 1}"/>`,
  );
  const own: Record<string, string | undefined> = {
    '[Content_Types].xml': `${head}<Types/>`,
    '_rels/.rels': `${head}<Relationships>${relation('rId1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    'xl/workbook.xml': `${head}<workbook xmlns="${main}" xmlns:r="${relations}">${text.workbookPr ?? '<workbookPr/>'}<sheets>${named.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${head}<Relationships>${sheets
      .map((_, at) => relation(`rId${at + 1}`, 'worksheet', `worksheets/sheet${at + 1}.xml`))
      .join(
        '',
      )}${relation('rIdS', 'sharedStrings', 'sharedStrings.xml')}${relation('rIdT', 'styles', '/xl/styles.xml')}</Relationships>`,
    'xl/sharedStrings.xml': text.sharedStrings,
    'xl/styles.xml': text.styles,
    ...Object.fromEntries(sheets.map(({ xml }, at) => [`xl/worksheets/sheet${at + 1}.xml`, xml])),
  };
  const parts = Object.entries({ ...own, ...extra }).filter(([, part]) => part !== undefined);
  return zipSync(
    Object.fromEntries(parts.map(([name, part]) => [name, typeof part === 'string' ? strToU8(part) : part!])),
    options,
  );
}
