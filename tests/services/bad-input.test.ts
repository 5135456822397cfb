import Database from 'better-sqlite3';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { databaseName } from '../../src-main/services/app.ts';
import { builtinModels, openRealApp, type RealApp } from '../support/real-app.ts';

// The whole application with its real packs and engine process: what a user can give it, and what can happen to it.

const folder = mkdtempSync(join(tmpdir(), 'priorphrase-bad-'));
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
const phrases = ['abatement of pollution', 'pollution control', 'coffee mill', 'folding chair'];
const asked = { anchor: 'pollution abatement', context: 'A47' };

let workspaces = 0;
const workspace = (): string => join(folder, `workspace-${++workspaces}`);

async function opened(dataDir = workspace(), modelsDir?: string): Promise<RealApp> {
  const real = await openRealApp(dataDir, modelsDir);
  onTestFinished(() => real.app.close());
  return real;
}

// Filled once, with vectors, and copied for each test.
const template = join(folder, 'template');
beforeAll(async () => {
  const { app } = await openRealApp(template);
  const path = join(folder, 'phrases.csv');
  writeFileSync(path, ['phrase', ...phrases].join('\n'));
  await app.importLibrary({ path, library: 'Mine' }, () => {}, new AbortController().signal);
  await app.close();
});

/** A workspace with a library of some phrases, closed. */
function filled(): string {
  const dataDir = workspace();
  cpSync(template, dataDir, { recursive: true });
  return dataDir;
}

/** The folder of packs with one bit of a file turned. */
function tamperedModels(file: string): string {
  const dir = join(workspace(), 'models');
  cpSync(builtinModels, dir, { recursive: true });
  const bytes = readFileSync(join(dir, file));
  const middle = bytes.length >> 1;
  bytes[middle] = (bytes[middle] ?? 0) ^ 1;
  writeFileSync(join(dir, file), bytes);
  return dir;
}

/** What the user has in the workspace, as the application tells it. */
async function belongings({ call }: RealApp): Promise<unknown> {
  return [
    (await call('libraries.list', {})).map(({ name, phrases: count }) => [name, count]),
    await call('history.list', {}),
  ];
}

describe('what a user can type', () => {
  let real: RealApp;
  beforeAll(async () => {
    real = await openRealApp(filled());
  });
  afterAll(() => real.app.close());

  it.each([
    ['nothing', '', /empty/],
    ['white space', '  \t\n', /empty/],
    ['control characters', '\u0000\u0007\u200b\u202e', /empty/],
    ['half a character', '\ud800', /empty/],
    ['10,000 characters', 'pump '.repeat(2000), /9,999 characters; at most 1,000/],
  ])('an anchor of %s is refused with what to do, for both stages', async (_, anchor, message) => {
    for (const [name, input] of [
      ['rank.retrieve', { anchor, context: 'A47' }],
      ['rank.score', { anchor, context: 'A47', phraseIds: [1] }],
    ] as const) {
      expect(await real.refusal(name, input)).toMatchObject({
        code: 'bad-input',
        message: expect.stringMatching(message) as string,
      });
    }
  });

  it.each([
    ['control characters', 'pollution\u0000 abatement\u001b[31m', 'pollution abatement[31m'],
    ['invisible characters', '\u202epollution\u200b', 'pollution'],
    ['emoji', '🔥 coffee ☕', '🔥 coffee ☕'],
    ['nothing but an emoji', '🫠', '🫠'],
    ['nothing but punctuation', '?!', '?!'],
    ['SQL', "'; DROP TABLE phrase; --", "'; DROP TABLE phrase; --"],
    ['search operators', 'pollution AND (NEAR "x" * ^', 'pollution AND (NEAR "x" * ^'],
    ['Japanese', '汚染の軽減', '汚染の軽減'],
    ['999 characters', 'pump '.repeat(200).trim(), 'pump '.repeat(200).trim()],
  ])('an anchor with %s is ranked and scored', async (_, anchor, shown) => {
    const found = await real.call('rank.retrieve', { anchor, context: 'A47' });
    expect(found.anchor).toBe(shown);
    const phraseIds = found.results.map(({ phraseId }) => phraseId);
    const { results } = await real.call('rank.score', { anchor, context: 'A47', phraseIds });
    expect(results).toHaveLength(phraseIds.length);
    for (const { score } of results) expect(score >= 0 && score <= 1).toBe(true);
  });

  it.each([
    ['of no class', 'A48', 'not-found'],
    ['a word', 'furniture', 'not-found'],
    ['of no section', 'I47', 'not-found'],
    ['nothing', '', 'bad-input'],
    ['a control character', '\u0000', 'not-found'],
    ['an emoji', '🪑', 'not-found'],
    ['3,000 characters', 'A47'.repeat(1000), 'bad-input'],
  ])('a class that is %s is refused, with classes that exist', async (_, context, code) => {
    const error = await real.refusal('rank.retrieve', { anchor: 'chair', context });
    expect(error.code).toBe(code);
    if (code !== 'not-found') return;
    const suggestions = error.details?.['suggestions'] as string[];
    expect(Array.isArray(suggestions)).toBe(true);
    for (const symbol of suggestions) await real.call('rank.retrieve', { anchor: 'chair', context: symbol });
  });

  it.each([
    ['rank.retrieve', { anchor: 7, context: 'A47' }],
    ['rank.retrieve', { anchor: 'chair', context: 'A47', limit: 1e9 }],
    ['rank.retrieve', { anchor: 'chair', context: 'A47', extra: true }],
    ['rank.score', { anchor: 'chair', context: 'A47', phraseIds: ['1 OR 1=1'] }],
    ['rank.retrieve', null],
  ] as const)('%s of %j is refused before it reaches a service', async (name, input) => {
    expect((await real.refusal(name, input)).code).toBe('bad-input');
  });

  it('phrases that are gone are left out of the scores', async () => {
    const { results } = await real.call('rank.score', { ...asked, phraseIds: [1, 9_999_999] });
    expect(results.map(({ phraseId }) => phraseId)).toEqual([1]);
  });
});

describe('a database', () => {
  it('that is missing is made anew, in a folder that is made anew', async () => {
    const dataDir = join(workspace(), 'not/yet/there');
    const real = await opened(dataDir);
    expect((await real.call('rank.retrieve', asked)).results.length).toBeGreaterThan(0);
    expect(existsSync(join(dataDir, databaseName))).toBe(true);
  });

  it.each([
    ['overwritten', (bytes: Buffer) => bytes.fill('x', 0, 4096)],
    ['cut short', (bytes: Buffer) => bytes.subarray(0, 3 * 4096 + 17)],
    ['scrambled behind its header', (bytes: Buffer) => bytes.fill(0x5a, 100, 8 * 4096)],
  ])('that was %s is named and left as it is, to the byte', async (_, damage) => {
    const dataDir = filled();
    const path = join(dataDir, databaseName);
    writeFileSync(path, damage(readFileSync(path)));
    const before = readFileSync(path);
    await expect(openRealApp(dataDir)).rejects.toMatchObject({
      code: 'database-corrupt',
      message: expect.stringContaining(path) as string,
    });
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(readdirSync(dataDir).filter((name) => name.startsWith(databaseName))).toEqual([databaseName]);
  });

  it('of a newer version is named and left as it is, to the byte', async () => {
    const dataDir = filled();
    const path = join(dataDir, databaseName);
    const raw = new Database(path);
    raw.pragma('user_version = 99');
    raw.close();
    const before = readFileSync(path);
    await expect(openRealApp(dataDir)).rejects.toMatchObject({
      code: 'database-newer',
      message: expect.stringContaining(path) as string,
    });
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it('serves two applications at once, and each sees what the other stored', async () => {
    const dataDir = filled();
    const [first, second] = [await opened(dataDir), await opened(dataDir)];
    const { results } = await first.call('rank.retrieve', asked);
    const phraseIds = results.map(({ phraseId }) => phraseId);
    const scored = await first.call('rank.score', { ...asked, phraseIds, remember: { libraryIds: [] } });
    const again = await second.call('rank.score', { ...asked, phraseIds });
    expect(again.results).toEqual(scored.results.map((result) => ({ ...result, cached: true })));
    expect(await belongings(second)).toEqual(await belongings(first));
    expect(second.engines()).toBe(0);
  });
});

describe('a model pack', () => {
  it.each([
    ['scorer-trees-1/embedding.safetensors', 'rank.score'],
    ['scorer-trees-1/onnx/model.onnx', 'rank.score'],
    ['retriever-static-1/onnx/model.onnx', 'rank.retrieve'],
    ['retriever-static-1/tokenizer.json', 'rank.retrieve'],
  ] as const)('with one bit of %s turned is named by %s; the rest works', async (file, name) => {
    const dataDir = filled();
    const sound = await openRealApp(dataDir);
    const before = await belongings(sound);
    await sound.app.close();

    const real = await opened(dataDir, tamperedModels(file));
    const error = await real.refusal(name, {
      ...{ anchor: 'never asked before', context: 'A47' },
      ...(name === 'rank.score' ? { phraseIds: [1, 2] } : {}),
    });
    expect(error).toMatchObject({ code: 'pack-tampered' });
    expect(error.message).toContain(file.split('/').at(-1));
    expect((await real.call('cpc.search', { query: 'furniture' })).length).toBeGreaterThan(0);
    expect(await belongings(real)).toEqual(before);
    const reports = await real.app.verifyPacks();
    expect(reports.filter(({ ok }) => !ok)).toHaveLength(1);
  });

  it('that is missing is named; the rest works, and so does the next start with it', async () => {
    const dataDir = filled();
    const without = join(workspace(), 'models');
    cpSync(builtinModels, without, { recursive: true });
    rmSync(join(without, 'scorer-trees-1'), { recursive: true });
    const real = await openRealApp(dataDir, without);
    const error = await real.refusal('rank.score', { ...asked, phraseIds: [1] });
    expect(error).toMatchObject({ code: 'pack-missing' });
    expect(error.message).toContain(join(without, 'scorer-trees-1'));
    expect((await real.call('cpc.search', { query: 'furniture' })).length).toBeGreaterThan(0);
    expect((await real.call('libraries.list', {})).map(({ name }) => name)).toContain('Mine');
    await real.app.close();

    const mended = await opened(dataDir);
    expect((await mended.call('rank.score', { ...asked, phraseIds: [1] })).results).toHaveLength(1);
  });
});

describe('the engine', () => {
  it('killed in the middle of scoring answers after a restart, as if nothing had been', async () => {
    const dataDir = filled();
    const real = await opened(dataDir);
    const { results } = await real.call('rank.retrieve', asked);
    const phraseIds = results.map(({ phraseId }) => phraseId);
    const states: string[] = [];
    real.app.onEvent((name, payload) => {
      if (name === 'engine.changed') states.push((payload as { state: string }).state);
    });
    real.killEngineOnNext('scorer.score');
    const before = real.engines();
    const scored = await real.call('rank.score', { ...asked, phraseIds, remember: { libraryIds: [] } });
    expect(real.engines()).toBe(before + 1);
    expect(states.at(-1)).toBe('ready');
    expect(scored.results.map(({ phraseId, cached }) => [phraseId, cached])).toEqual(
      phraseIds.map((phraseId) => [phraseId, false]),
    );
    // What was stored is what an undisturbed engine gives.
    const cached = await real.call('rank.score', { ...asked, phraseIds });
    expect(cached.results).toEqual(scored.results.map((result) => ({ ...result, cached: true })));
    const other = await opened(filled());
    const undisturbed = await other.call('rank.score', { ...asked, phraseIds });
    expect(undisturbed.results).toEqual(scored.results);
    expect(await real.call('history.list', {})).toHaveLength(1);
  });

  it('killed in the middle of a retrieval answers after a restart', async () => {
    const real = await opened(filled());
    real.killEngineOnNext('retriever.embed');
    const { results } = await real.call('rank.retrieve', { anchor: 'never asked before', context: 'A47' });
    expect([results.length > 0, real.engines()]).toEqual([true, 2]);
  });

  it('killed while phrases get their vectors leaves none without', async () => {
    const dataDir = workspace();
    const real = await opened(dataDir);
    const path = join(folder, 'many.csv');
    writeFileSync(
      path,
      ['phrase', ...Array.from({ length: 5000 }, (_, at) => `valve number ${at}`)].join('\n'),
    );
    real.killEngineOnNext('retriever.embed');
    await real.app.importLibrary({ path, library: 'Many' }, () => {}, new AbortController().signal);
    const libraries = await real.call('libraries.list', {});
    for (const { phrases: count, embedded } of libraries) expect(embedded).toBe(count);
    expect(libraries.find(({ name }) => name === 'Many')?.phrases).toBe(5000);
  });
});
