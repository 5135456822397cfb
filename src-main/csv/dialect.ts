/** How the rows of a file are written. */
export interface CsvDialect {
  /** Null where the header line has none: every line is one cell, whatever commas it holds. */
  readonly delimiter: ',' | ';' | '\t' | '|' | null;
  readonly newline: '\n' | '\r\n' | '\r';
}

const delimiters = [',', ';', '\t', '|'] as const;

/** The delimiter that is most frequent outside quotes in the header line, and the line break that ends it. */
export function detectDialect(start: string): CsvDialect {
  const counts = new Map<string, number>();
  let quoted = false;
  let at = 0;
  for (; at < start.length; at++) {
    const char = start[at]!;
    if (char === '"') quoted = !quoted;
    else if (!quoted && (char === '\n' || char === '\r')) break;
    else if (!quoted) counts.set(char, (counts.get(char) ?? 0) + 1);
  }
  const delimiter = delimiters.reduce<CsvDialect['delimiter']>((best, candidate) => {
    const count = counts.get(candidate) ?? 0;
    return count > (best === null ? 0 : (counts.get(best) ?? 0)) ? candidate : best;
  }, null);
  const newline = start[at] !== '\r' ? '\n' : start[at + 1] === '\n' ? '\r\n' : '\r';
  return { delimiter, newline };
}
