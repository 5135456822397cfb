/** Words that phrases are full of and that say nothing; a query of nothing else is searched as it stands. */
export const fillerWords: ReadonlySet<string> = new Set(
  'a an and as at by for from in into is of on or the to with'.split(' '),
);
