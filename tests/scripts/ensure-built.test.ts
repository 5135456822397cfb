import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { isBuilt, sourceHash } from '../../scripts/ensure-built.mjs';

function put(base: string, path: string, text = '') {
  mkdirSync(dirname(join(base, path)), { recursive: true });
  writeFileSync(join(base, path), text);
}

function project() {
  const base = mkdtempSync(join(tmpdir(), 'priorphrase-build-'));
  onTestFinished(() => rmSync(base, { recursive: true }));
  for (const file of ['src-main/a.ts', 'src-renderer/b.svelte', 'electron.vite.config.ts', 'package.json'])
    put(base, file, file);
  return base;
}

function build(base: string) {
  for (const file of [
    'main/index.js',
    'main/engine.js',
    'main/cli.js',
    'preload/preload.cjs',
    'renderer/index.html',
  ]) {
    put(base, `out/${file}`);
  }
  put(base, 'out/built-from.txt', `${sourceHash(base)}\n`);
}

it('a project is built until one of its sources changes, comes or goes', () => {
  const base = project();
  expect(isBuilt(base)).toBe(false);
  build(base);
  expect(isBuilt(base)).toBe(true);
  for (const change of [
    () => put(base, 'src-main/a.ts', 'changed'),
    () => put(base, 'src-renderer/deep/new.ts'),
    () => rmSync(join(base, 'src-renderer/b.svelte')),
    () => put(base, 'package.json', '{}'),
  ]) {
    change();
    expect(isBuilt(base)).toBe(false);
    build(base);
  }
});

it('new times alone are no change, a missing output is', () => {
  const base = project();
  build(base);
  utimesSync(join(base, 'src-main/a.ts'), new Date(), new Date());
  put(base, 'README.md', 'changed');
  expect(isBuilt(base)).toBe(true);
  rmSync(join(base, 'out/main/engine.js'));
  expect(isBuilt(base)).toBe(false);
});

it('an installed product without sources is as built as it gets', () => {
  const base = project();
  build(base);
  rmSync(join(base, 'src-main'), { recursive: true });
  expect(isBuilt(base)).toBe(true);
});
