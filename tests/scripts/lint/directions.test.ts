import { readFileSync } from 'node:fs';
import { globSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { partOf, whyNot } from '../../../scripts/lint/directions.mjs';

const root = resolve(import.meta.dirname, '../../..');
const importPattern =
  /(?:^|\n)\s*(?:import|export)\b[^'"\n;]*(?:\n[^'";]*)?from\s*['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)|(?:^|\n)\s*import\s+['"]([^'"]+)['"]/g;

function importsOf(file: string): readonly string[] {
  const text = readFileSync(join(root, file), 'utf8');
  return [...text.matchAll(importPattern)].map((match) => match[1] ?? match[2] ?? match[3] ?? '');
}

describe('the directions between parts', () => {
  const files = globSync('src-{main,renderer}/**/*.{ts,svelte}', { cwd: root });

  it('hold in every source file', () => {
    expect(files.length).toBeGreaterThan(10);
    const wrong = files.flatMap((file) =>
      importsOf(file).flatMap((specifier) => {
        const target = specifier.startsWith('.')
          ? { file: relative(root, join(root, dirname(file), specifier.replace(/\?.*$/, ''))) }
          : {
              package: specifier
                .split('/')
                .slice(0, specifier.startsWith('@') ? 2 : 1)
                .join('/'),
            };
        const reason = whyNot(file, target);
        return reason === null ? [] : [`${file}: ${reason}`];
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('put every source file into a part', () => {
    expect(files.filter((file) => partOf(file) === null)).toEqual([]);
  });

  it('refuse what they should, and name the right import', () => {
    expect(whyNot('src-main/services/rank.ts', { package: 'better-sqlite3' })).toContain(
      'src-main/store/tables',
    );
    expect(whyNot('src-renderer/App.svelte', { file: 'src-main/services/app.ts' })).toContain('contract');
    expect(whyNot('src-main/engine/main.ts', { file: 'src-main/store/open.ts' })).toContain(
      'may not import store',
    );
    expect(whyNot('src-main/contract/calls.ts', { package: 'fflate' })).toContain('schema library');
    expect(whyNot('src-main/services/app.ts', { file: 'src-main/store/open.ts' })).toBeNull();
  });
});
