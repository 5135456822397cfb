import type { FileScoringSpec } from '../../src-main/services/score-jobs.ts';
import { startFileScoring } from '../../src-main/services/start-file-scoring.ts';
import { openStore } from '../../src-main/store/open.ts';
import { scoringFixture } from './scoring-fixture.ts';

// node score-child.ts DATABASE SPECIFICATION
// Scores a file as a job, with a slow engine, and prints a line for each report, for a test that kills it in the middle.

const [database = '', specification = ''] = process.argv.slice(2);
const { store, runner } = scoringFixture({
  store: openStore(database),
  rowMilliseconds: 0.5,
  onJob: (job) => console.log(JSON.stringify(job)),
});
runner.recover();
await startFileScoring(store, runner, JSON.parse(specification) as FileScoringSpec).finished;
store.close();
