import { execFileSync, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { packagedNode, runsOn } from '../../scripts/run/right-node.mjs';

const module = pathToFileURL(resolve(import.meta.dirname, '../../scripts/run/right-node.mjs')).href;

/** Runs code in the place of a process, as the scripts do. */
function inPlace(code: string) {
  const script = `import { runInstead } from ${JSON.stringify(module)};
    process.exitCode = await runInstead(process.execPath, ['-e', ${JSON.stringify(code)}]);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((done) => child.on('close', (code) => done(code)));
  return { child, ended };
}

it.each([
  ['20.20.2', false],
  ['18.0.0', false],
  ['22.12.0', true],
  ['24.21.0', true],
])('the product runs on Node %s: %s', (version, expected) => {
  expect(runsOn(version)).toBe(expected);
});

it('the Node that comes with the product is one it runs on', () => {
  const node = packagedNode();
  expect(node).not.toBeNull();
  expect(runsOn(execFileSync(node ?? '', ['-p', 'process.versions.node'], { encoding: 'utf8' }).trim())).toBe(
    true,
  );
});

describe('a program run in the place of another', () => {
  it('gets its input and gives its output and exit code', async () => {
    const { child, ended } = inPlace(
      "process.stdin.on('data', (d) => { console.log('got ' + d); process.exit(7); })",
    );
    const output = new Promise<string>((done) =>
      child.stdout.once('data', (chunk: Buffer) => done(chunk.toString())),
    );
    child.stdin.end('words');
    expect([await output, await ended]).toEqual(['got words\n', 7]);
  });

  it('gets the signals', async () => {
    const { child, ended } = inPlace(
      "process.on('SIGINT', () => process.exit(9)); console.log('ready'); setInterval(() => {}, 1000)",
    );
    await new Promise((done) => child.stdout.once('data', done));
    child.kill('SIGINT');
    expect(await ended).toBe(9);
  });

  it('tells that a signal ended it', async () => {
    expect(await inPlace("process.kill(process.pid, 'SIGKILL'); setInterval(() => {}, 1000)").ended).toBe(
      137,
    );
  });
});
