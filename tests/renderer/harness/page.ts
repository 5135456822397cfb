import '../../../src-renderer/styles/tokens.css';
import '../../../src-renderer/styles/base.css';
import '../../../src-renderer/styles/field.css';
import { mount } from 'svelte';
import App from '../../../src-renderer/App.svelte';
import { createAppState } from '../../../src-renderer/state/app-state.ts';
import { Connection } from '../../../src-renderer/state/connection.svelte.ts';
import { AppError } from '../../../src-main/contract/app-error.ts';
import { fakeApi } from '../support/fake-api.ts';
import { fakeHistory } from '../support/fake-history.ts';
import { fakeImportResult } from '../support/fake-import.ts';
import { answerSheets, fakeSheet } from '../support/fake-sheets.ts';
import { fakeJobs } from '../support/fake-jobs.ts';

// The real window over a fake main side. The address chooses the situation:
// ?hold=rank.retrieve,rank.score leaves calls unanswered, ?fail=rank.retrieve makes them fail, ?phrases=500, ?builtin,
// ?sheets makes sheets with rows, ?jobs fills the list of jobs, ?import=slow|quick lets an import run.
const params = new URLSearchParams(location.search);
const list = (name: string) => (params.get(name) ?? '').split(',').filter(Boolean);

const api = fakeApi({
  phrases: Number(params.get('phrases') ?? 46),
  onlyBuiltIn: params.has('builtin'),
  jobs: params.has('jobs') ? fakeJobs(new Date()) : [],
  history: params.has('builtin') ? [] : fakeHistory(new Date()),
});
const never = () => new Promise<never>(() => {});
for (const name of list('hold')) {
  if (name === 'rank.retrieve') api.answer('rank.retrieve', never);
  if (name === 'rank.score') api.answer('rank.score', never);
}
for (const name of list('fail')) {
  const fail = () => {
    throw new AppError(
      'engine-failed',
      'The engine process ended with code 9 while it loaded the model retriever-static-1.',
    );
  };
  if (name === 'rank.retrieve') api.answer('rank.retrieve', fail);
  if (name === 'rank.score') api.answer('rank.score', fail);
}
if (params.has('delay')) {
  const wait = Number(params.get('delay'));
  const scored = fakeApi({ phrases: Number(params.get('phrases') ?? 46) });
  api.answer('rank.score', async (input) => {
    await new Promise((resolve) => setTimeout(resolve, wait));
    return await scored.call('rank.score', input);
  });
}
if (params.has('none')) {
  api.answer('rank.retrieve', ({ anchor }) => ({
    anchor,
    context: { symbol: 'A47', asked: 'A47', text: 'human necessities; furniture' },
    results: [],
    scored: true,
    notices: [],
  }));
}

if (params.has('sheets')) {
  answerSheets(api, [
    fakeSheet({ id: 9, name: 'portfolio-2024.csv', bad: 0, failed: 0, scored: 0, scoring: null, rows: 400 }),
    fakeSheet(),
  ]);
}
if (params.has('import')) {
  const step = params.get('import') === 'quick' ? 36_473 : 1900;
  let done = 0;
  setInterval(async () => {
    const job = (await api.call('jobs.list', {})).find(
      ({ kind, state }) => kind === 'library-import' && state !== 'done',
    );
    if (job === undefined) return;
    done = Math.min(36_473, done + step);
    const ended = done === 36_473;
    api.changeJob(job.id, {
      state: ended ? 'done' : 'running',
      stage: ended ? null : 'Storing rows',
      done,
      total: 36_473,
      rate: 51_240,
      eta: Math.round((36_473 - done) / 1900),
      result: ended ? fakeImportResult : null,
      updatedAt: new Date().toISOString(),
    });
  }, 200);
}
if (params.has('upload')) {
  api.openFile = (onUpload) => {
    onUpload?.({ name: 'claim-pairs.csv', sent: 23_400_000, total: 56_214_870 });
    return never();
  };
}

const app = createAppState(api, new Connection());
mount(App, { target: document.getElementById('app')!, props: { app } });
if (params.has('restarting')) {
  setTimeout(() => api.emit('engine.changed', { state: 'restarting', reason: 'It ended with code 9.' }), 100);
}
