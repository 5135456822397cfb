import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createFileShelf } from '../../src-main/services/file-shelf.ts';
import { memoryStore } from '../support/memory-store.ts';
import { ask, echoApp, signIn, startHost } from './support.ts';

async function started() {
  const dataDir = mkdtempSync(join(tmpdir(), 'priorphrase-files-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  const files = createFileShelf({ store: memoryStore(), dataDir });
  const { host } = await startHost({}, { ...echoApp(), files });
  const cookie = await signIn(host);
  const send = (query: string, body: string, headers: Record<string, string> = {}) =>
    ask(host, `/api/files${query}`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/octet-stream', ...headers },
      body,
    });
  const fetched = (id: string) => ask(host, `/api/files/${id}`, { headers: { cookie } });
  return { dataDir, files, host, cookie, send, fetched };
}

describe('an upload', () => {
  it('is kept and answered with its handle', async () => {
    const { files, send } = await started();
    const answer = await send('?name=S%C3%A4gen%20%26%20mehr.csv', 'phrase\nsaw\n');
    expect(answer.status).toBe(200);
    const { value } = JSON.parse(answer.body);
    expect(value).toEqual({ id: expect.any(String), name: 'Sägen & mehr.csv', bytes: 11 });
    expect(files.find(value.id).purpose).toBe('received');
  });

  it.each([
    ['without a name', '', {}, 400],
    ['with a name that is too long', `?name=${'x'.repeat(501)}`, {}, 400],
    ['as a form could send it', '?name=a.csv', { 'content-type': 'text/plain' }, 415],
    ['in a content encoding', '?name=a.csv', { 'content-encoding': 'gzip' }, 415],
    ['from another site', '?name=a.csv', { origin: 'https://evil.example' }, 403],
  ])('%s is refused', async (_what, query, headers, status) => {
    const { send } = await started();
    expect((await send(query, 'x', headers)).status).toBe(status);
  });

  it('without a session is refused', async () => {
    const { host } = await started();
    const headers = { 'content-type': 'application/octet-stream' };
    const answer = await ask(host, '/api/files?name=a.csv', { method: 'POST', headers, body: 'x' });
    expect(answer.status).toBe(401);
  });
});

describe('a download', () => {
  it('gives what the application made, under its name', async () => {
    const { files, fetched } = await started();
    const path = await files.newPath('Ergebnis "1" – ü.csv');
    writeFileSync(path, 'score\n1\n');
    const { id } = await files.made(path, 'Ergebnis "1" – ü.csv');
    const answer = await fetched(id);
    expect(answer.status).toBe(200);
    expect(answer.body).toBe('score\n1\n');
    expect(answer.headers['content-disposition']).toBe(
      `attachment; filename="Ergebnis _1_ _ _.csv"; filename*=UTF-8''Ergebnis%20%221%22%20%E2%80%93%20%C3%BC.csv`,
    );
    expect(answer.headers['content-type']).toBe('application/octet-stream');
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
  });

  it('never gives a file that the user gave or sent', async () => {
    const { dataDir, files, fetched, send } = await started();
    const path = join(dataDir, 'mine.csv');
    writeFileSync(path, 'secret');
    const given = await files.give(path);
    const sent = JSON.parse((await send('?name=a.csv', 'secret')).body).value;
    for (const { id } of [given, sent]) expect((await fetched(id)).status).toBe(404);
  });

  it.each(['', 'x', '..%2f..%2fpriorphrase.db', '0'.repeat(32)])('of %j is not found', async (id) => {
    const { fetched } = await started();
    expect((await fetched(id)).status).toBe(404);
  });
});
