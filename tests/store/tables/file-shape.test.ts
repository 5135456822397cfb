import { expect, it } from 'vitest';
import { keepShapeChoices, readShapeChoices } from '../../../src-main/store/tables/file-shape.ts';
import { memoryStore } from '../../support/memory-store.ts';

it('keeps the last choices for a shape, and forgets shapes that were not used for long', () => {
  const store = memoryStore();
  const at = (day: number) => new Date(Date.UTC(2026, 0, 1 + day));
  keepShapeChoices(store, 'old', { header: true }, at(0));
  keepShapeChoices(store, 'used', { header: true }, at(0));
  for (let day = 1; day < 499; day++) keepShapeChoices(store, `shape ${day}`, {}, at(day));
  keepShapeChoices(store, 'used', { header: false, delimiter: null }, at(500));
  expect(readShapeChoices(store, 'used')).toEqual({ header: false, delimiter: null });
  expect([readShapeChoices(store, 'old'), readShapeChoices(store, 'none')]).toEqual([{ header: true }, null]);
  keepShapeChoices(store, 'new', {}, at(501));
  expect([readShapeChoices(store, 'old'), readShapeChoices(store, 'new')]).toEqual([null, {}]);
});
