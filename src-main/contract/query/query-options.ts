/** A search system whose syntax is known. */
export type QuerySyntax = 'espacenet' | 'google-patents' | 'lens' | 'orbit';

/** Where a phrase is looked for. */
export type QueryField = 'title' | 'abstract' | 'claims' | 'full-text';

/** How an expression is built. */
export interface QueryOptions {
  /** Let the last word of each phrase end in any way, so that plurals are found too. */
  readonly truncation: boolean;
  /** Words of a phrase may stand in any order, at most so many words apart (1 to 99); null: as the phrase has them. */
  readonly proximity: number | null;
  /** At least one. */
  readonly fields: readonly QueryField[];
}

/** A query in the syntax of a system. */
export interface QueryExpression {
  /** Empty where no phrase has a word. */
  readonly text: string;
  /** What the user should know, such as limits of the system. */
  readonly notices: readonly string[];
}

/** Phrases made ready: their words, and the class. */
export interface QueryParts {
  /** At least one word each, lower case, of letters and digits alone. */
  readonly phrases: readonly (readonly string[])[];
  /** A CPC symbol such as `A47` or `A47B1/03`, checked; null: any class. */
  readonly symbol: string | null;
  readonly options: QueryOptions;
}
