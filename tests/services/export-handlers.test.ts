import { describe, expect, it } from 'vitest';
import { calls } from '../../src-main/contract/calls.ts';
import { exportCallHandlers } from '../../src-main/services/export-handlers.ts';
import type { HandlerParts } from '../../src-main/services/handlers.ts';

describe('exports.start', () => {
  it('queues the export to the shelf, with the defaults of its format', async () => {
    const started: unknown[] = [];
    const start = (...asked: unknown[]) => {
      started.push(asked);
      return { job: 'the job' };
    };
    const { 'exports.start': handler } = exportCallHandlers({ runner: { start } } as unknown as HandlerParts);
    const input = calls['exports.start'].input.parse({ source: { of: 'library', library: 3 } });
    expect(await handler(input)).toBe('the job');
    const format = { format: 'csv', bom: false, guardFormulas: true };
    expect(started).toEqual([['export', { source: { of: 'library', library: 3 }, format }]]);
  });
});
