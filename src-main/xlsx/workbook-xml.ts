import { escapeAttribute } from './escaped-text.ts';

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packages = 'http://schemas.openxmlformats.org/package/2006';
const content = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** The cell styles of every workbook that is written, by their place in the styles part. */
export const cellStyles = { plain: 0, header: 1, literal: 2 } as const;

/** The styles part: plain, bold for headers, and text that stays text when a user edits it (`quotePrefix`). */
export const stylesXml =
  `${head}<styleSheet xmlns="${main}">` +
  '<fonts count="2"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font>' +
  '<font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>' +
  '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
  '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
  '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>' +
  '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>' +
  '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1"/></cellXfs>' +
  '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>';

/** The beginning of a sheet, up to its rows: the first one stays in view. */
export function sheetStart(columns: number, selected: boolean): string {
  const widths =
    columns === 0 ? '' : `<cols><col min="1" max="${columns}" width="22" customWidth="1"/></cols>`;
  return (
    `${head}<worksheet xmlns="${main}"><sheetViews><sheetView${selected ? ' tabSelected="1"' : ''} workbookViewId="0">` +
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>' +
    `<sheetFormatPr defaultRowHeight="15"/>${widths}<sheetData>`
  );
}

/** What follows the rows of a sheet. */
export const sheetEnd = '</sheetData></worksheet>';

/** The part of a sheet, counted from 1. */
export function sheetPart(number: number): string {
  return `xl/worksheets/sheet${number}.xml`;
}

/** The parts that tie the sheets together, by their names. */
export function closingParts(sheetNames: readonly string[]): [string, string][] {
  const sheets = sheetNames.map(
    (name, at) => `<sheet name="${escapeAttribute(name)}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`,
  );
  const sheetRelations = sheetNames.map((_, at) =>
    relation(`rId${at + 1}`, 'worksheet', sheetPart(at + 1).slice(3)),
  );
  const overrides = [
    override('xl/workbook.xml', 'sheet.main'),
    override('xl/styles.xml', 'styles'),
    ...sheetNames.map((_, at) => override(sheetPart(at + 1), 'worksheet')),
  ];
  return [
    [
      'xl/workbook.xml',
      `${head}<workbook xmlns="${main}" xmlns:r="${office}"><bookViews><workbookView activeTab="0"/></bookViews>` +
        `<sheets>${sheets.join('')}</sheets></workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      relations([...sheetRelations, relation(`rId${sheetNames.length + 1}`, 'styles', 'styles.xml')]),
    ],
    ['_rels/.rels', relations([relation('rId1', 'officeDocument', 'xl/workbook.xml')])],
    [
      '[Content_Types].xml',
      `${head}<Types xmlns="${packages}/content-types">` +
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
        `<Default Extension="xml" ContentType="application/xml"/>${overrides.join('')}</Types>`,
    ],
  ];
}

function relation(id: string, type: string, target: string): string {
  return `<Relationship Id="${id}" Type="${office}/${type}" Target="${target}"/>`;
}

function relations(all: readonly string[]): string {
  return `${head}<Relationships xmlns="${packages}/relationships">${all.join('')}</Relationships>`;
}

function override(part: string, kind: string): string {
  return `<Override PartName="/${part}" ContentType="${content}.${kind}+xml"/>`;
}
