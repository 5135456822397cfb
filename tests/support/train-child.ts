import { openTrainingApp } from './training-app.ts';

// node train-child.ts WORKSPACE LABELS RECIPE OUT
// Trains and prints a line for each change of the job, for a test that kills it in the middle.

const [dataDir = '', labels = '', recipe = '', out = ''] = process.argv.slice(2);
const app = await openTrainingApp(dataDir);
await app.trainScorer(
  { labels, recipe, out },
  {
    onProgress: () => undefined,
    onJob: (job) => console.log(JSON.stringify(job)),
    signal: new AbortController().signal,
  },
);
await app.close();
