import { columnOf, mostColumns, mostRows } from './cell-reference.ts';
import { unescapeText } from './escaped-text.ts';
import type { NumberFormats } from './number-formats.ts';
import { numberText } from './number-text.ts';
import type { XmlElement, XmlListener } from './read-xml.ts';
import { isoFromSerial } from './serial-date.ts';
import { StringItem } from './string-item.ts';

/** A row as the sheet has it: only the cells that are there; a number stands for a shared text. */
export interface SparseRow {
  /** Counted from 1. */
  readonly row: number;
  readonly columns: readonly number[];
  readonly values: readonly (string | number)[];
  /** One more than the last column with something in it. */
  readonly width: number;
  readonly fault: string | null;
}

/** A cell with more characters than this is no cell of a spreadsheet. */
const longestCell = 8 * 1024 * 1024;

/** Hears the part of a sheet and gathers its rows; cells of formulas give the value that was stored with them. */
export class SheetRows implements XmlListener {
  readonly #formats: NumberFormats;
  readonly #from1904: boolean;
  readonly #item = new StringItem();
  #rows: SparseRow[] = [];
  #inData = false;
  #row = 0;
  #columns: number[] = [];
  #values: (string | number)[] = [];
  #width = 0;
  #fault: string | null = null;
  #column = -1;
  #type = 'n';
  #style = 0;
  #value: string | null = null;
  #inValue = false;
  #inInline = false;
  #formula = false;
  /** What makes the part no sheet at all; told by `take`. */
  #broken: string | null = null;

  constructor(formats: NumberFormats, from1904: boolean) {
    this.#formats = formats;
    this.#from1904 = from1904;
  }

  /** The rows heard since the last time. */
  take(): { readonly rows: readonly SparseRow[]; readonly broken: string | null } {
    const rows = this.#rows;
    this.#rows = [];
    return { rows, broken: this.#broken };
  }

  open(element: XmlElement): void {
    const { name, attributes } = element;
    if (!this.#inData) {
      if (name === 'sheetData') this.#inData = true;
      return;
    }
    if (this.#inInline) this.#item.open(element);
    else if (name === 'c') this.#openCell(attributes);
    else if (name === 'v') {
      this.#value = '';
      this.#inValue = true;
    } else if (name === 'f') this.#formula = true;
    else if (name === 'is') {
      this.#inInline = true;
      this.#item.clear();
    } else if (name === 'row') this.#openRow(attributes['r']);
  }

  text(text: string): void {
    if (this.#inValue) this.#value += text;
    else if (this.#inInline) this.#item.text(text);
  }

  close(name: string): void {
    if (!this.#inData) return;
    if (name === 'v') this.#inValue = false;
    else if (name === 'is') this.#inInline = false;
    else if (this.#inInline) this.#item.close(name);
    else if (name === 'c') this.#closeCell();
    else if (name === 'row') this.#closeRow();
    else if (name === 'sheetData') this.#inData = false;
  }

  #openRow(reference: string | undefined): void {
    const row = reference === undefined ? this.#row + 1 : Number(reference);
    if (!Number.isInteger(row) || row <= this.#row || row > mostRows) {
      this.#broken ??= `row "${reference ?? row}" comes after row ${this.#row}`;
    }
    this.#row = row;
    this.#columns = [];
    this.#values = [];
    this.#width = 0;
    this.#fault = null;
    this.#column = -1;
  }

  #closeRow(): void {
    if (this.#width === 0 && this.#fault === null) return;
    const [row, columns, values, width, fault] = [
      this.#row,
      this.#columns,
      this.#values,
      this.#width,
      this.#fault,
    ];
    this.#rows.push({ row, columns, values, width, fault });
  }

  #openCell({ r, t, s }: XmlElement['attributes']): void {
    const column = r === undefined ? this.#column + 1 : columnOf(r);
    if (column === null || column >= mostColumns) this.#fault ??= `a cell at "${(r ?? '').slice(0, 40)}"`;
    this.#column = column ?? this.#column + 1;
    this.#type = t ?? 'n';
    this.#style = s === undefined ? 0 : Number(s);
    this.#value = null;
    this.#formula = false;
    this.#item.clear();
  }

  #closeCell(): void {
    const value = this.#read();
    if (value === '' || this.#column >= mostColumns) return;
    this.#columns.push(this.#column);
    this.#values.push(value);
    this.#width = Math.max(this.#width, this.#column + 1);
  }

  #read(): string | number {
    if (this.#type === 'inlineStr') return this.#whole(unescapeText(this.#item.escaped));
    if (this.#value === null) {
      if (this.#formula && this.#type !== 'str') {
        this.#fault ??=
          'a formula whose value is not stored; open the workbook in a spreadsheet program and save it';
      }
      return '';
    }
    switch (this.#type) {
      case 's':
        return this.#shared(this.#value);
      case 'n':
        return this.#number(this.#value);
      case 'b':
        return /^(?:1|true)$/.test(this.#value.trim()) ? 'TRUE' : 'FALSE';
      // str: the text of a formula; e: an error such as #N/A; d: a date as ISO text.
      default:
        return this.#whole(unescapeText(this.#value));
    }
  }

  #shared(value: string): string | number {
    const index = Number(value);
    if (value.trim() !== '' && Number.isInteger(index) && index >= 0) return index;
    this.#fault ??= `a cell that refers to the text "${value.slice(0, 40)}"`;
    return '';
  }

  #number(stored: string): string {
    const format = this.#formats.of(this.#style);
    const text = numberText(stored);
    if (format.kind === 'moment') return isoFromSerial(Number(text), format.moment, this.#from1904) ?? text;
    if (format.kind === 'digits' && /^\d+$/.test(text)) return text.padStart(format.count, '0');
    return text;
  }

  #whole(text: string): string {
    if (text.length <= longestCell) return text;
    this.#fault ??= `a cell of ${text.length} characters`;
    return '';
  }
}
