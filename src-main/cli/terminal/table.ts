import { escapeText } from './escape-text.ts';
import { cutText, textWidth } from './text-width.ts';

/** One column of a table. */
export interface Column {
  readonly title: string;
  readonly align: 'left' | 'right';
  /** Cut where the line is too long for the terminal. */
  readonly flexible?: boolean;
}

const gap = '  ';

/** Lines of an aligned table, its first line the titles; every cell is escaped. `columns` null: nothing is cut. */
export function tableLines(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  terminalColumns: number | null,
): string[] {
  const cells = [columns.map((column) => column.title), ...rows.map((row) => row.map(escapeText))];
  const widths = columns.map((_, index) => Math.max(...cells.map((row) => textWidth(row[index] ?? ''))));
  const flexible = columns.findIndex((column) => column.flexible === true);
  if (terminalColumns !== null && flexible >= 0) {
    const total = widths.reduce((sum, width) => sum + width, gap.length * (columns.length - 1));
    widths[flexible] = Math.max(12, (widths[flexible] ?? 0) - Math.max(0, total - terminalColumns));
  }
  return cells.map((row) =>
    columns
      .map((column, index) => {
        const width = widths[index] ?? 0;
        const text = index === flexible ? cutText(row[index] ?? '', width) : (row[index] ?? '');
        const padding = ' '.repeat(Math.max(0, width - textWidth(text)));
        return column.align === 'right' ? padding + text : text + padding;
      })
      .join(gap)
      .trimEnd(),
  );
}
