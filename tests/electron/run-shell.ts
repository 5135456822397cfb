import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { onTestFinished } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const electronFolder = join(root, 'node_modules/electron');

/** What runs the shell: a command with its first arguments. */
export interface Runtime {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
}

const standIn: Runtime = {
  name: 'a stand-in for Electron',
  command: process.execPath,
  args: ['--import', pathToFileURL(join(import.meta.dirname, 'electron-stand-in/register.mjs')).href],
};

function realElectron(): Runtime | null {
  const pathFile = join(electronFolder, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const command = join(electronFolder, 'dist', readFileSync(pathFile, 'utf8'));
  // As root, as in most containers, Chromium's own sandbox cannot start.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return existsSync(command) ? { name: 'Electron', command, args } : null;
}

/** The stand-in, and a real Electron where its binary is there. */
export const runtimes: readonly Runtime[] = [standIn, realElectron()].filter((runtime) => runtime !== null);

/** A workspace for one test. */
export function workspace(): string {
  const folder = mkdtempSync(join(tmpdir(), 'priorphrase-shell-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  return folder;
}

/** What the shell said and how it ended. */
export interface ShellRun {
  // The checks report what they see; each test states what it expects of it.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly facts: () => any;
  readonly ended: Promise<{ readonly code: number | null; readonly output: string }>;
  readonly stop: () => void;
}

let runs = 0;

/** Boots the built shell over a workspace and lets it check itself. */
export function bootShell(
  runtime: Runtime,
  dataDir: string,
  steps: string,
  env: Record<string, string> = {},
): ShellRun {
  const output = join(dataDir, `facts-${(runs += 1)}.json`);
  const child = spawn(runtime.command, [...runtime.args, join(import.meta.dirname, 'boot-and-check.mjs')], {
    env: {
      ...process.env,
      PRIORPHRASE_DATA_DIR: dataDir,
      CHECK_OUTPUT: output,
      CHECK_MAIN: process.env['CHECK_MAIN'] ?? join(root, 'out/main/index.js'),
      CHECK_STEPS: steps,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const ended = new Promise<{ code: number | null; output: string }>((done) =>
    child.on('close', (code) => done({ code, output: text })),
  );
  onTestFinished(() => void child.kill('SIGKILL'));
  return {
    facts: () => (existsSync(output) ? JSON.parse(readFileSync(output, 'utf8')) : {}),
    ended,
    stop: () => void child.kill('SIGTERM'),
  };
}
