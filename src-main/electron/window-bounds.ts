import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

/** A place on the screen, in device-independent pixels. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const pixel = z.number().int().min(-100_000).max(100_000);
const windowState = z.object({
  x: pixel,
  y: pixel,
  width: pixel.min(1),
  height: pixel.min(1),
  maximized: z.boolean(),
});

/** Where the window was when it was closed. */
export type WindowState = Readonly<z.output<typeof windowState>>;

/** The smallest window that the screens are made for. */
export const smallest = { width: 720, height: 520 } as const;
/** The window of a first start. */
export const first = { width: 1280, height: 800 } as const;

/** What was remembered; null where nothing was, or nothing that makes sense. */
export function readWindowState(file: string): WindowState | null {
  try {
    return windowState.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}

/** Remembers; a failure costs only the memory. */
export function writeWindowState(file: string, state: WindowState): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.new`, JSON.stringify(state));
    renameSync(`${file}.new`, file);
  } catch {
    // A full or read-only disk is told where it matters.
  }
}

function overlap(a: Rectangle, b: Rectangle): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return Math.max(0, width) * Math.max(0, height);
}

function between(low: number, value: number, high: number): number {
  return Math.max(low, Math.min(value, Math.max(low, high)));
}

/** The bounds to open with: as remembered, moved and cut so that the whole window lies on the screen it was on. */
export function boundsOnScreen(
  state: WindowState | null,
  screens: readonly Rectangle[],
): Partial<Rectangle> & { readonly width: number; readonly height: number } {
  const home = screens[0];
  if (home === undefined) return first;
  if (state === null) {
    return { width: Math.min(first.width, home.width), height: Math.min(first.height, home.height) };
  }
  // The screen that shows most of it; where none does any more, the first one.
  const screen = screens.reduce(
    (best, candidate) => (overlap(state, candidate) > overlap(state, best) ? candidate : best),
    home,
  );
  const width = between(Math.min(smallest.width, screen.width), state.width, screen.width);
  const height = between(Math.min(smallest.height, screen.height), state.height, screen.height);
  return {
    x: between(screen.x, state.x, screen.x + screen.width - width),
    y: between(screen.y, state.y, screen.y + screen.height - height),
    width,
    height,
  };
}
