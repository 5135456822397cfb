import type { MomentFormat } from './serial-date.ts';
import type { XmlElement, XmlListener } from './read-xml.ts';

/** How the numbers of a style are shown: as they are, with leading zeros, or as moments. */
export type NumberFormat =
  | { readonly kind: 'number' }
  | { readonly kind: 'digits'; readonly count: number }
  | { readonly kind: 'moment'; readonly moment: MomentFormat };

const asNumber: NumberFormat = { kind: 'number' };

/** The formats that every workbook has without naming them, ECMA-376 part 1, 18.8.30; 27 to 58 as in East Asian editions. */
function builtIn(id: number): NumberFormat {
  if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id === 36 || (id >= 50 && id <= 58)) {
    return { kind: 'moment', moment: 'date' };
  }
  if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || id === 45 || id === 47)
    return { kind: 'moment', moment: 'time' };
  if (id === 22) return { kind: 'moment', moment: 'date-time' };
  return id === 46 ? { kind: 'moment', moment: 'elapsed' } : asNumber;
}

/** What a format code such as `dd/mm/yyyy` or `[h]:mm` shows, by its section for positive numbers. */
export function formatOfCode(code: string): NumberFormat {
  const literal = /"[^"]*"|\\.|_.|\*./g;
  const bare = code.replace(literal, '').split(';')[0]!.toLowerCase();
  if (/^0+$/.test(bare)) return bare.length === 1 ? asNumber : { kind: 'digits', count: bare.length };
  if (/\[(?:h+|m+|s+)\]/.test(bare)) return { kind: 'moment', moment: 'elapsed' };
  const letters = bare.replace(/\[[^\]]*\]/g, '').replace(/general|am\/pm|a\/p/g, '');
  const time = /[hs]/.test(letters);
  // An m beside hours or seconds is minutes.
  const date = /[dy]/.test(letters) || (!time && letters.includes('m'));
  if (!time && !date) return asNumber;
  return { kind: 'moment', moment: time && date ? 'date-time' : date ? 'date' : 'time' };
}

/** Hears a styles part and gives the format of each cell style by its place. */
export class NumberFormats implements XmlListener {
  readonly #codes = new Map<number, NumberFormat>();
  readonly #styles: NumberFormat[] = [];
  #inCellFormats = false;

  /** The format of a style; a style that is not there shows numbers. */
  of(style: number): NumberFormat {
    return this.#styles[style] ?? asNumber;
  }

  open({ name, attributes }: XmlElement): void {
    if (name === 'numFmt') {
      this.#codes.set(Number(attributes['numFmtId']), formatOfCode(attributes['formatCode'] ?? ''));
    } else if (name === 'cellXfs') {
      this.#inCellFormats = true;
    } else if (name === 'xf' && this.#inCellFormats) {
      const id = Number(attributes['numFmtId'] ?? 0);
      this.#styles.push(this.#codes.get(id) ?? builtIn(id));
    }
  }

  text(): void {}

  close(name: string): void {
    if (name === 'cellXfs') this.#inCellFormats = false;
  }
}
