import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { boundsOnScreen, readWindowState, writeWindowState } from '../../src-main/electron/window-bounds.ts';

const screen = { x: 0, y: 0, width: 1600, height: 900 };
const right = { x: 1600, y: -200, width: 1200, height: 1000 };
const state = (x: number, y: number, width: number, height: number) => ({
  x,
  y,
  width,
  height,
  maximized: false,
});

it.each([
  ['a first start', null, { width: 1280, height: 800 }],
  ['a place on the screen', state(100, 50, 900, 700), { x: 100, y: 50, width: 900, height: 700 }],
  ['a place on the other screen', state(1700, -100, 900, 700), { x: 1700, y: -100, width: 900, height: 700 }],
  [
    'a place on a screen that is gone',
    state(-5000, 3000, 900, 700),
    { x: 0, y: 200, width: 900, height: 700 },
  ],
  ['half outside', state(1100, 700, 400, 700), { x: 880, y: 200, width: 720, height: 700 }],
  ['larger than the screen', state(-10, -10, 4000, 4000), { x: 0, y: 0, width: 1600, height: 900 }],
  ['tiny', state(10, 10, 1, 1), { x: 10, y: 10, width: 720, height: 520 }],
])('%s opens on a screen', (_what, remembered, bounds) => {
  expect(boundsOnScreen(remembered, [screen, right])).toEqual(bounds);
});

it('fits a first window into a small screen', () => {
  expect(boundsOnScreen(null, [{ x: 0, y: 0, width: 1024, height: 700 }])).toEqual({
    width: 1024,
    height: 700,
  });
});

it('remembers, and takes nonsense for nothing', () => {
  const folder = mkdtempSync(join(tmpdir(), 'priorphrase-bounds-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'deep/window.json');
  expect(readWindowState(file)).toBeNull();
  writeWindowState(file, state(1, 2, 900, 700));
  expect(readWindowState(file)).toEqual(state(1, 2, 900, 700));
  expect(readdirSync(join(folder, 'deep'))).toEqual(['window.json']);
  for (const nonsense of [
    '',
    '{',
    'null',
    '[]',
    '{"x":1}',
    '{"x":1,"y":2,"width":-5,"height":5,"maximized":false}',
  ]) {
    writeFileSync(file, nonsense);
    expect(readWindowState(file)).toBeNull();
  }
});
