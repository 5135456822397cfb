import { dirname } from 'node:path';
import { jobHandlers } from '../../src-main/services/job-kinds.ts';
import { JobRunner } from '../../src-main/services/job-runner.ts';
import { openStore } from '../../src-main/store/open.ts';
import { jobContext } from './job-context.ts';

// node import-child.ts DATABASE FILE [KIND]
// Imports a file as a job, or resumes the job that does it, and prints a line for each report, for a test that kills it in
// the middle.

const [database = '', path = '', kind = 'cpc-import'] = process.argv.slice(2);
const store = openStore(database);
const runner = new JobRunner({
  store,
  handlers: jobHandlers(jobContext(store, dirname(database))),
  emit: (_, payload) => console.log(JSON.stringify(payload)),
  log: (_, error) => console.error(error),
});
runner.recover();
const cutOff = runner.list().find(({ state }) => state === 'paused');
if (cutOff !== undefined) await runner.restart(cutOff.id).finished;
else if (kind === 'library-import') await runner.start(kind, { path, library: 'mine' }).finished;
else await runner.start('cpc-import', { path }).finished;
