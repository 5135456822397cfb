import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLog } from '../../src-main/services/log.ts';

describe('the log', () => {
  let dir = '';
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'priorphrase-log-'));
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  it('keeps message and stack with the time', () => {
    createLog(dir, () => new Date(0))('Call failed', new Error('the cause'));
    expect(readFileSync(join(dir, 'priorphrase.log'), 'utf8')).toMatch(
      /^1970-01-01T00:00:00.000Z Call failed\nError: the cause\n/,
    );
  });

  it('stays bounded by moving a full file aside', () => {
    writeFileSync(join(dir, 'priorphrase.log'), 'x'.repeat(1_000_001));
    createLog(dir)('next');
    expect(readdirSync(dir).sort()).toEqual(['priorphrase.log', 'priorphrase.log.1']);
    expect(readFileSync(join(dir, 'priorphrase.log'), 'utf8')).toMatch(/ next\n$/);
  });

  it('is silent when it cannot write', () => {
    rmSync(dir, { recursive: true });
    expect(() => createLog(dir)('lost')).not.toThrow();
  });
});
