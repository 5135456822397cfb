import { afterEach, beforeEach, expect, it } from 'vitest';
import { clearHistory, listHistory, removeHistory } from '../../src-main/services/history.ts';
import { openStore } from '../../src-main/store/open.ts';
import type { Store } from '../../src-main/store/store.ts';
import { noteQuery } from '../../src-main/store/tables/history.ts';

let store: Store;
beforeEach(() => (store = openStore(':memory:')));
afterEach(() => store.close());

function note(anchor: string, minute: number): void {
  const at = new Date(Date.UTC(2026, 0, 1, 0, minute));
  noteQuery(store, { anchor, context: 'A47', libraryIds: [], results: 1 }, at);
}
const anchors = (limit = 50) => listHistory({ store }, { limit }).map(({ anchor }) => anchor);

it('lists the latest queries first and no more than asked for', () => {
  ['a', 'b', 'c'].forEach(note);
  note('A', 9);
  expect(anchors()).toEqual(['A', 'c', 'b']);
  expect(anchors(2)).toEqual(['A', 'c']);
});

it('keeps the latest thousand', () => {
  for (let index = 0; index < 1010; index++) note(`anchor ${index}`, index);
  expect(store.value('SELECT count(*) FROM history')).toBe(1000);
  expect(store.value("SELECT count(*) FROM history WHERE anchor = 'anchor 9'")).toBe(0);
});

it('forgets one query, and all', () => {
  ['a', 'b', 'c'].forEach(note);
  const [first] = listHistory({ store }, { limit: 1 });
  removeHistory({ store }, { id: first?.id ?? 0 });
  expect(anchors()).toEqual(['b', 'a']);
  expect(() => removeHistory({ store }, { id: first?.id ?? 0 })).toThrow(
    expect.objectContaining({ code: 'not-found' }) as Error,
  );
  clearHistory({ store });
  expect(anchors()).toEqual([]);
});
