import { JobRunner } from '../../src-main/services/job-runner.ts';
import { jobHandlers } from '../../src-main/services/job-kinds.ts';
import { openStore } from '../../src-main/store/open.ts';
import { lookupFixture } from './lookup-fixture.ts';

// node import-child.ts DATABASE LIST
// Imports a CPC title list as a job and prints a line for each report, for a test that kills it in the middle.

const [database = '', path = ''] = process.argv.slice(2);
const { context } = lookupFixture({ store: openStore(database) });
const runner = new JobRunner({
  store: context.store,
  handlers: jobHandlers(context),
  emit: (_, payload) => console.log(JSON.stringify(payload)),
  log: () => {},
});
await runner.start('cpc-import', { path }).finished;
