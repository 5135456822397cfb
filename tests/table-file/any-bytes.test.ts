import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { afterAll, expect, it } from 'vitest';
import { AppError } from '../../src-main/contract/app-error.ts';
import { tableReading, type ReadingChoices } from '../../src-main/contract/table-file.ts';
import { openTable } from '../../src-main/table-file/open-table.ts';

const folder = mkdtempSync(join(tmpdir(), 'priorphrase-bytes-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Reads a file to its end; what was wrong with it as an AppError, or null. */
async function outcome(bytes: Uint8Array, choices: ReadingChoices): Promise<AppError | null> {
  const path = join(folder, 'any');
  writeFileSync(path, bytes);
  try {
    const table = await openTable(path, choices);
    expect(tableReading.parse(table.reading)).toEqual(table.reading);
    for await (const { rows } of table.pieces()) {
      for (const { cells } of rows) for (const cell of cells) expect(cell.isWellFormed()).toBe(true);
    }
    return null;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

const choices: fc.Arbitrary<ReadingChoices> = fc.record(
  {
    encoding: fc.constantFrom('utf-8', 'utf-16le', 'utf-16be', 'windows-1252'),
    delimiter: fc.constantFrom(',', ';', '\t', '|', null),
    header: fc.boolean(),
    roles: fc.array(fc.constantFrom('phrase', 'anchor', 'note', null)),
  },
  { requiredKeys: [] },
);

it('reads any bytes as well-formed rows, or refuses them with an error for the user', async () => {
  const texts = fc.array(
    fc.constantFrom('"', ',', ';', '\n', '\r', 'a', 'ä', '\0', '0.5', 'A47', 'sep=;\n'),
    { maxLength: 40 },
  );
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    texts.map((parts) => Buffer.from(parts.join(''), 'utf8')),
    texts.map((parts) => Buffer.from(parts.join(''), 'latin1')),
  );
  await fc.assert(
    fc.asyncProperty(bytes, choices, async (content, chosen) => {
      const error = await outcome(content, chosen);
      if (error !== null) expect(['bad-input', 'not-found']).toContain(error.code);
    }),
    { numRuns: 400 },
  );
});

it('reads damaged archives where the damage is harmless, or refuses them with an error for the user', async () => {
  const text = `anchor,target\n${'lamp,light source\n'.repeat(50)}`;
  const archives = [
    gzipSync(text),
    Buffer.from(zipSync({ 'a.csv': strToU8(text), 'b.csv': strToU8('phrase\nx\n') })),
  ];
  const damage = fc.record({
    archive: fc.constantFrom(...archives),
    at: fc.nat(),
    bit: fc.integer({ min: 0, max: 7 }),
    cut: fc.option(fc.nat(), { freq: 4 }),
  });
  await fc.assert(
    fc.asyncProperty(damage, async ({ archive, at, bit, cut }) => {
      const broken = Buffer.from(archive);
      broken[at % broken.length]! ^= 1 << bit;
      const error = await outcome(cut === null ? broken : broken.subarray(0, cut % broken.length), {});
      if (error !== null) expect(['bad-input', 'too-large']).toContain(error.code);
    }),
    { numRuns: 400 },
  );
});
