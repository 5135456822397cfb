import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../src-main/contract/app-error.ts';
import { openTable } from '../../src-main/table-file/open-table.ts';
import { unreadable } from '../../src-main/table-file/regular-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'priorphrase-regular-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const path = join(folder, 'rows.csv');
const line = 'lamp,light source\n';
beforeEach(() => writeFileSync(path, `anchor,target\n${line.repeat(50_000)}`));

describe('what is no file', () => {
  it.each([
    ['a missing file', () => join(folder, 'none.csv'), 'not-found', /no file at .*none\.csv/],
    ['a path through a file', () => join(path, 'x.csv'), 'not-found', /no file at/],
    ['a folder', () => folder, 'bad-input', /is a folder: expected a file of rows/],
    ['a name with a zero byte', () => 'a\0b', 'bad-input', /can't be read/],
  ])('refuses %s', async (_, name, code, message) => {
    await expect(openTable(name())).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message) as string,
    });
  });

  it.skipIf(process.platform === 'win32')(
    'refuses a device and a pipe without waiting for them',
    async () => {
      const pipe = join(folder, 'pipe');
      execFileSync('mkfifo', [pipe]);
      const link = join(folder, 'link.csv');
      symlinkSync('/dev/zero', link);
      await expect(openTable(pipe)).rejects.toMatchObject({
        code: 'bad-input',
        message: `${pipe} is a pipe: expected a file of rows, such as a CSV file or a workbook.`,
      });
      await expect(openTable(link)).rejects.toMatchObject({
        message: expect.stringMatching(/is a device/) as string,
      });
    },
  );

  it.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
    'refuses a file that may not be read',
    async () => {
      chmodSync(path, 0o000);
      await expect(openTable(path)).rejects.toMatchObject({ code: 'forbidden' });
      chmodSync(path, 0o600);
    },
  );

  it('says what the codes of the system mean', () => {
    const shape = (code: string): [string, string] => {
      const error = unreadable('/a.csv', Object.assign(new Error(code), { code }));
      expect(error).toBeInstanceOf(AppError);
      return [error.code, error.message];
    };
    expect([shape('EACCES'), shape('EPERM'), shape('ENOENT'), shape('EIO')]).toEqual([
      [
        'forbidden',
        "/a.csv can't be read: permission denied. Ask its owner, or copy it to a folder of yours.",
      ],
      [
        'forbidden',
        "/a.csv can't be read: permission denied. Ask its owner, or copy it to a folder of yours.",
      ],
      ['not-found', 'There is no file at /a.csv. Check the path and try again.'],
      ['bad-input', "/a.csv can't be read (EIO)."],
    ]);
  });

  it.skipIf(process.platform === 'win32')('follows a link to a file', async () => {
    const link = join(folder, 'linked.csv');
    symlinkSync(path, link);
    expect((await openTable(link)).header).toEqual(['anchor', 'target']);
  });
});

describe('a file that changes', () => {
  async function count(change: () => void, at: 'before' | 'amid'): Promise<number> {
    const table = await openTable(path);
    if (at === 'before') change();
    let rows = 0;
    let pieces = 0;
    for await (const piece of table.pieces()) {
      if (pieces++ === 0 && at === 'amid') change();
      rows += piece.rows.length;
    }
    return rows;
  }

  const changes: [string, () => void, RegExp][] = [
    [
      'grows',
      () => appendFileSync(path, 'pump,val'),
      /it had 900014 bytes and has 900022 now\. Wait until nothing writes/,
    ],
    ['shrinks', () => truncateSync(path, 500_000), /it had 900014 bytes and has 500000 now/],
    ['is written to in place', () => utimesSync(path, new Date(), new Date(0)), /it was written to/],
  ];
  it.each(changes)('that %s while it is read ends in a conflict', async (_, change, message) => {
    const failed = { code: 'conflict', message: expect.stringMatching(message) as string };
    await expect(count(change, 'amid')).rejects.toMatchObject(failed);
  });

  it.each(changes)('that %s between opening and reading ends in a conflict', async (_, change, message) => {
    const failed = { code: 'conflict', message: expect.stringMatching(message) as string };
    await expect(count(change, 'before')).rejects.toMatchObject(failed);
  });

  const replace = (): void => {
    writeFileSync(`${path}.new`, `anchor,target\n${line.repeat(50_000)}`);
    renameSync(`${path}.new`, path);
  };

  it('is never read as another one: a file put in its place is a conflict at the next reading', async () => {
    await expect(count(replace, 'before')).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(/it was replaced by another file/) as string,
    });
  });

  it.skipIf(process.platform === 'win32')(
    'is read to its end where another one takes its name meanwhile',
    async () => {
      expect(await count(replace, 'amid')).toBe(50_000);
    },
  );
});

it('stops when it is told to', async () => {
  const stop = new AbortController();
  const table = await openTable(path);
  const reading = (async () => {
    for await (const _ of table.pieces(stop.signal)) stop.abort();
  })();
  await expect(reading).rejects.toMatchObject({ code: 'cancelled' });
});
