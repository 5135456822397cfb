import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { notices, shippedPackages } from '../../scripts/make-notices.ts';

describe('the notices', () => {
  it('name every shipped package with its licence, and every model with its data', () => {
    const text = notices();
    expect(shippedPackages().map(({ name }) => name)).toContain('onnxruntime-node');
    for (const { name, license } of shippedPackages()) {
      expect(license, `${name} states no licence`).toMatch(/\w/);
      expect(text).toContain(`| ${name} |`);
    }
    for (const pack of ['retriever-static-1', 'scorer-trees-1']) expect(text).toContain(`| ${pack} | `);
  });

  it('are on record as they are made', () => {
    const kept = readFileSync(resolve(import.meta.dirname, '../../NOTICE.md'), 'utf8');
    // Platform packages differ from machine to machine.
    const comparable = (text: string) =>
      text.split('\n').filter((line) => !/sqlite-vec-|^\| [^|]+ \| \d/.test(line));
    expect(comparable(kept)).toEqual(comparable(notices()));
  });
});
