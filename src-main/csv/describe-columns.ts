import type { ColumnRoleName, TableReading } from '../contract/table-file.ts';
import { lookAtColumn, type ColumnLook } from './cell-kinds.ts';
import { namesOfRoles, roleOfName, weakNames, plainName } from './role-names.ts';

type Column = TableReading['columns'][number];
type Decision = Pick<Column, 'role' | 'reason'>;

/** The columns of a table: distinct names, and for each the role it plays with the reason for it. */
export function describeColumns(
  header: readonly string[] | null,
  sample: readonly (readonly string[])[],
  chosen: readonly (ColumnRoleName | null)[] = [],
): Column[] {
  const width = Math.max(header?.length ?? 0, commonWidth(sample));
  const names = distinctNames(Array.from({ length: width }, (_, at) => header?.[at] ?? ''));
  const looks = names.map((_, at) => lookAtColumn(sample.map((row) => row[at] ?? '')));
  const decisions: (Decision | null)[] = names.map((_, at) => {
    const role = chosen[at];
    return role === undefined ? null : { role, reason: 'You chose it.' };
  });
  byName(header ?? [], looks, decisions);
  byContent(looks, decisions);
  return names.map((name, at) => ({ name, ...(decisions[at] ?? nothing(looks[at]!)) }));
}

/** Names for all columns: those of the file, `Column 3` where it has none, `anchor 2` where it has one twice. */
export function distinctNames(header: readonly string[]): string[] {
  const given = header.map((name, at) => name.trim() || `Column ${at + 1}`);
  const taken = new Set<string>();
  const all = new Set(given);
  return given.map((name) => {
    let free = name;
    for (let count = 2; taken.has(free) || (free !== name && all.has(free)); count++)
      free = `${name} ${count}`;
    taken.add(free);
    return free;
  });
}

function byName(
  header: readonly string[],
  looks: readonly ColumnLook[],
  decisions: (Decision | null)[],
): void {
  const wished = header.map((name, at) => (decisions[at] === null ? roleByName(name, looks[at]!) : null));
  const take = (at: number, role: ColumnRoleName, reason: string): void => {
    decisions[at] = { role, reason };
  };
  for (const role of Object.keys(namesOfRoles) as ColumnRoleName[]) {
    const columns = wished.flatMap((wish, at) => (wish?.role === role ? [{ at, rank: wish.rank }] : []));
    if (columns.length === 0 || role === 'phrase') continue;
    if (role === 'note') {
      for (const { at } of columns) take(at, role, `"${cut(header[at]!)}" names a note.`);
      continue;
    }
    const best = columns.reduce((top, one) => (one.rank < top.rank ? one : top));
    if (has(decisions, role)) continue;
    take(best.at, role, `"${cut(header[best.at]!)}" is a name for ${meanings[role]}.`);
  }
  const phrases = wished.flatMap((wish, at) => (wish?.role === 'phrase' ? [{ at, rank: wish.rank }] : []));
  if (phrases.length === 0) return;
  const best = phrases.reduce((top, one) => (one.rank < top.rank ? one : top));
  const [anchor, target] = [has(decisions, 'anchor'), has(decisions, 'target')];
  const name = `"${cut(header[best.at]!)}"`;
  if (anchor && !target)
    take(best.at, 'target', `${name} stands beside an anchor: it is what the anchor is compared with.`);
  else if (!anchor && target)
    take(best.at, 'anchor', `${name} stands beside a target: it is what the target is compared with.`);
  else if (!anchor && !has(decisions, 'phrase'))
    take(best.at, 'phrase', `${name} is a name for ${meanings.phrase}.`);
}

function roleByName(name: string, look: ColumnLook): { role: ColumnRoleName; rank: number } | null {
  const found = roleOfName(name);
  if (found === null || look.filled === 0 || !weakNames.has(plainName(name))) return found;
  return agrees(found.role, look) ? found : null;
}

/** Whether a column's cells can be what its name says, which alone would not be enough. */
function agrees(role: ColumnRoleName, look: ColumnLook): boolean {
  if (role === 'context') return look.symbols >= 0.5;
  if (role === 'score') return look.numeric >= 0.5;
  if (role === 'rating') return look.codes >= 0.5;
  if (role === 'note') return true;
  return look.kind === 'phrase' || look.kind === 'cpc';
}

function byContent(looks: readonly ColumnLook[], decisions: (Decision | null)[]): void {
  const free = (kind: ColumnLook['kind']): number[] =>
    looks.flatMap((look, at) => (look.kind === kind && decisions[at] === null ? [at] : []));
  const give = (at: number | undefined, role: ColumnRoleName, reason: string): void => {
    if (at !== undefined && !has(decisions, role)) decisions[at] = { role, reason };
  };
  give(free('cpc')[0], 'context', 'Its cells are CPC symbols.');
  give(free('rating')[0], 'rating', 'Its cells are rating codes such as 0, 1a or 2b.');
  give(free('unit')[0], 'score', 'Its cells are numbers from 0 to 1.');

  const texts = free('phrase').filter((at) => looks[at]!.characters >= 2);
  // A handful of words over and over are classes of something, and never what an anchor is compared with.
  const varied = texts.filter((at) => looks[at]!.different > 5 || looks[at]!.filled < 50);
  const [anchor, target] = [has(decisions, 'anchor'), has(decisions, 'target')];
  if (has(decisions, 'phrase') || (anchor && target)) return;
  if (anchor)
    return give(varied[0], 'target', 'Short texts beside an anchor: what the anchor is compared with.');
  if (target)
    return give(texts[0], 'anchor', 'Short texts beside a target: what the target is compared with.');
  if (texts.length === 1) return give(texts[0], 'phrase', 'The only column of short texts.');
  const often = (at: number): number => looks[at]!.different / looks[at]!.filled;
  const repeating = (varied.length >= 2 ? varied : texts).reduce<number | undefined>(
    (top, at) => (top === undefined || often(at) < often(top) ? at : top),
    undefined,
  );
  if (repeating === undefined) return;
  const { different, filled } = looks[repeating]!;
  const reason =
    often(repeating) < 0.9
      ? `Its short texts repeat: ${different} different ones in ${filled} rows, as anchors do.`
      : 'The first of the columns of short texts; none repeats its texts.';
  give(repeating, 'anchor', reason);
  give(
    varied.find((at) => at !== repeating),
    'target',
    'Short texts beside those of the anchor, compared with them.',
  );
}

function nothing(look: ColumnLook): Decision {
  const why: Readonly<Record<ColumnLook['kind'], string>> = {
    empty: 'Its first cells are empty.',
    cpc: 'CPC symbols, but another column is the context.',
    unit: 'Numbers from 0 to 1, but another column is the score.',
    rating: 'Rating codes, but another column is the rating.',
    number: 'Numbers that are no scores.',
    id: 'Ids or numbers, each another one.',
    phrase: 'Short texts that no role needs.',
    text: 'Long texts, which are no phrases.',
  };
  return { role: null, reason: `${why[look.kind]} It is kept as it is.` };
}

const meanings: Readonly<Record<ColumnRoleName, string>> = {
  phrase: 'phrases',
  anchor: 'the anchor',
  target: 'the target',
  context: 'the CPC class',
  score: 'the score',
  rating: 'the rating',
  note: 'a note',
};

function has(decisions: readonly (Decision | null)[], role: ColumnRoleName): boolean {
  return decisions.some((decision) => decision?.role === role);
}

/** The number of cells that most records have. */
function commonWidth(sample: readonly (readonly string[])[]): number {
  const counts = new Map<number, number>();
  for (const row of sample) counts.set(row.length, (counts.get(row.length) ?? 0) + 1);
  return [...counts].reduce<readonly [number, number]>(
    (top, one) => (one[1] > top[1] ? one : top),
    [0, 0],
  )[0];
}

function cut(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
