interface Bad {
  readonly line: number;
  readonly column?: string;
  readonly file?: string;
  readonly found: string;
  readonly expected: string;
}

function cut(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

/** What could not be used, one a line, and how much more there is; not escaped. */
export function badLines({
  bad,
  badCount,
}: {
  readonly bad: readonly Bad[];
  readonly badCount: number;
}): string[] {
  const lines = bad.map(({ file, line, column, found, expected }) => {
    const place = [file, `line ${line}`, column]
      .filter((part) => part !== undefined && part !== '')
      .join(', ');
    return `${place}: found "${cut(found)}", expected ${expected}`;
  });
  return badCount > bad.length ? [...lines, `and ${badCount - bad.length} more`] : lines;
}
