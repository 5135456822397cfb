/** One numbered step of the schema; it runs in a transaction of its own. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  /** Gets a function that runs SQL statements without parameters. */
  readonly up: (exec: (sql: string) => void) => void;
}
