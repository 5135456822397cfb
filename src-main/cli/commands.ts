import type { Command } from './command.ts';
import { cpcImport } from './commands/cpc-import.ts';
import { cpcSearch } from './commands/cpc-search.ts';
import { evaluate } from './commands/evaluate.ts';
import { exportRows } from './commands/export.ts';
import { importLibrary } from './commands/import-library.ts';
import { jobsCancel } from './commands/jobs-cancel.ts';
import { jobsList } from './commands/jobs-list.ts';
import { jobsResume } from './commands/jobs-resume.ts';
import { packsAdd } from './commands/packs-add.ts';
import { packsList } from './commands/packs-list.ts';
import { packsQuantise } from './commands/packs-quantise.ts';
import { packsVerify } from './commands/packs-verify.ts';
import { rank } from './commands/rank.ts';
import { score } from './commands/score.ts';
import { serve } from './commands/serve.ts';
import { sheetsList } from './commands/sheets-list.ts';
import { train } from './commands/train.ts';
import { worker } from './commands/worker.ts';

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [
  rank,
  score,
  importLibrary,
  exportRows,
  sheetsList,
  cpcImport,
  cpcSearch,
  train,
  evaluate,
  jobsList,
  jobsResume,
  jobsCancel,
  packsList,
  packsVerify,
  packsAdd,
  packsQuantise,
  serve,
  worker,
];
