import { describe, expect, it } from 'vitest';
import { takeRole } from '../../../src-renderer/state/roles.ts';

describe('takeRole', () => {
  it('takes a role from the column that had it', () => {
    expect(takeRole(['anchor', 'target', null], 2, 'anchor')).toEqual([null, 'target', 'anchor']);
  });

  it('lets several columns be notes', () => {
    expect(takeRole(['note', null], 1, 'note')).toEqual(['note', 'note']);
  });

  it('takes a role away, and fills a list that is too short', () => {
    expect(takeRole(['anchor'], 2, null)).toEqual(['anchor', null, null]);
  });
});
