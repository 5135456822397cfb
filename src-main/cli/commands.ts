import type { Command } from './command.ts';
import { cpcImport } from './commands/cpc-import.ts';
import { cpcSearch } from './commands/cpc-search.ts';
import { importLibrary } from './commands/import-library.ts';
import { packsList } from './commands/packs-list.ts';
import { packsVerify } from './commands/packs-verify.ts';
import { rank } from './commands/rank.ts';
import { score } from './commands/score.ts';
import { serve } from './commands/serve.ts';

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [
  rank,
  score,
  importLibrary,
  cpcImport,
  cpcSearch,
  packsList,
  packsVerify,
  serve,
];
