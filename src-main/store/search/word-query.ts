/** A group of words of which any counts; groups are joined by all or any. */
export type WordGroup = readonly string[];

/**
 * The FTS5 expression for groups of words, or null where there is none. Each word is a quoted string, so that nothing
 * a user types is read as query syntax.
 */
export function wordQuery(groups: readonly WordGroup[], join: 'all' | 'any'): string | null {
  const parts = groups.filter((group) => group.length > 0).map((group) => group.map(quote).join(' OR '));
  if (parts.length === 0) return null;
  return parts.map((part) => `(${part})`).join(join === 'all' ? ' AND ' : ' OR ');
}

/** A word or a text as an FTS5 string. */
export function quote(text: string): string {
  // A zero byte ends the query for SQLite, whatever comes after it.
  return `"${text.replaceAll('\0', ' ').replaceAll('"', '""')}"`;
}
