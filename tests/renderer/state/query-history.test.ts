import { describe, expect } from 'vitest';
import { AppError } from '../../../src-main/contract/app-error.ts';
import { QueryHistory } from '../../../src-renderer/state/query-history.svelte.ts';
import { fakeApi } from '../support/fake-api.ts';
import { fakeHistory } from '../support/fake-history.ts';
import { testWithEffect } from '../support/with-effect.svelte.ts';

describe('QueryHistory', () => {
  testWithEffect('reads again after a change instead of guessing its effect', async () => {
    const past = fakeHistory(new Date());
    const history = new QueryHistory(fakeApi({ history: past }));
    await history.refresh();
    await history.remove(past[1]!.id);
    expect(history.entries.map((entry) => entry.id)).toEqual(
      past.map((entry) => entry.id).filter((id) => id !== 2),
    );
    await history.clear();
    expect(history.entries).toEqual([]);
  });

  testWithEffect('says why a change failed', async () => {
    const api = fakeApi({ history: fakeHistory(new Date()) });
    api.answer('history.clear', () => {
      throw new AppError('disk-full', 'The disk is full.');
    });
    const history = new QueryHistory(api);
    await history.refresh();
    await history.clear();
    expect(history.list).toMatchObject({ status: 'failed', error: { message: 'The disk is full.' } });
  });
});
