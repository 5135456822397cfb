import { afterEach, beforeEach, describe, expect, vi } from 'vitest';
import type { CallOutput } from '../../../src-main/contract/calls.ts';
import { CpcPicker } from '../../../src-renderer/state/cpc-picker.svelte.ts';
import { fakeApi } from '../support/fake-api.ts';
import { held } from '../support/held.ts';
import { settle, testWithEffect } from '../support/with-effect.svelte.ts';

const searches = (api: ReturnType<typeof fakeApi>) => api.calls.filter((call) => call.name === 'cpc.search');

describe('CpcPicker', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  testWithEffect('searches once when the typing pauses', async () => {
    const api = fakeApi();
    const picker = new CpcPicker(api);
    for (const text of ['f', 'fu', 'fur', 'furniture']) picker.type(text);
    await vi.advanceTimersByTimeAsync(200);
    expect(searches(api).map((call) => call.input)).toEqual([{ query: 'furniture', limit: 20 }]);
    expect(picker.found.map((entry) => entry.symbol)).toContain('A47');
    expect(picker.activeIndex).toBe(0);
  });

  testWithEffect('drops the answer to an older search', async () => {
    const api = fakeApi();
    const old = held<CallOutput<'cpc.search'>>();
    const found = await api.call('cpc.search', { query: 'optics' });
    api.answer('cpc.search', ({ query }) => (query === 'o' ? old.promise : found));
    const picker = new CpcPicker(api);
    picker.type('o');
    await vi.advanceTimersByTimeAsync(200);
    picker.type('optics');
    await vi.advanceTimersByTimeAsync(200);
    old.answer([]);
    await settle();
    expect(picker.found).toEqual(found);
  });

  testWithEffect('opens nothing when the field is left before the answer', async () => {
    const api = fakeApi();
    const picker = new CpcPicker(api);
    picker.type('furniture');
    picker.close();
    await vi.advanceTimersByTimeAsync(200);
    expect([picker.open, searches(api).length]).toEqual([false, 0]);
  });

  testWithEffect('takes a group and shows the context of its class', async () => {
    const picker = new CpcPicker(fakeApi());
    await picker.choose('A47B1/02');
    expect(picker.place).toMatchObject({
      status: 'ready',
      value: { entry: { symbol: 'A47B1/02' }, context: { symbol: 'A47' } },
    });
    expect(picker.symbol).toBe('A47B1/02');
  });

  testWithEffect('writes a typed symbol as the scheme does', async () => {
    const picker = new CpcPicker(fakeApi());
    picker.type('a47');
    await picker.resolve();
    expect(picker.text).toBe('A47');
  });

  testWithEffect('keeps the suggestions of an unknown symbol, until the text changes', async () => {
    const picker = new CpcPicker(fakeApi());
    picker.type('A99');
    await picker.resolve();
    expect(picker.place).toMatchObject({
      status: 'failed',
      error: { details: { suggestions: ['A47', 'A45', 'A41'] } },
    });
    picker.type('A9');
    expect(picker.place.status).toBe('idle');
  });

  testWithEffect('goes round the ends of the list', async () => {
    const picker = new CpcPicker(fakeApi());
    picker.type('A47');
    await vi.advanceTimersByTimeAsync(200);
    picker.move(-1);
    expect(picker.activeIndex).toBe(picker.found.length - 1);
    picker.move(1);
    expect(picker.activeIndex).toBe(0);
  });
});
