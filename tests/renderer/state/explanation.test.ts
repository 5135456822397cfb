import { afterEach, beforeEach, describe, expect, vi } from 'vitest';
import { AppError } from '../../../src-main/contract/app-error.ts';
import { Explanation } from '../../../src-renderer/state/explanation.svelte.ts';
import { fakeApi } from '../support/fake-api.ts';
import { testWithEffect } from '../support/with-effect.svelte.ts';

const pair = (target: string) => ({ anchor: 'abatement', target, context: 'A47' });

describe('Explanation', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  testWithEffect('asks only about the phrase that the user stays on, and once', async () => {
    const api = fakeApi();
    const explanation = new Explanation(api);
    for (const target of ['one', 'two', 'three words here', 'one']) explanation.show(pair(target));
    await vi.advanceTimersByTimeAsync(500);
    explanation.show(pair('two'));
    await vi.advanceTimersByTimeAsync(500);
    explanation.show(pair('one'));
    expect(explanation.current.status).toBe('ready');
    expect(api.calls.map((call) => call.input)).toEqual([pair('one'), pair('two')]);
  });

  testWithEffect('asks again about a pair that failed', async () => {
    const api = fakeApi();
    api.answer('score.explain', () => {
      throw new AppError('engine-stopped', 'The engine stopped.');
    });
    const explanation = new Explanation(api);
    explanation.show(pair('one'));
    await vi.advanceTimersByTimeAsync(500);
    expect(explanation.current.status).toBe('failed');
    explanation.show(pair('one'));
    await vi.advanceTimersByTimeAsync(500);
    expect(api.calls.length).toBe(2);
  });
});
