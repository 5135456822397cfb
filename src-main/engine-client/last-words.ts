// TypeError: …, Error [ERR_…]: …, terminate called after throwing …, FATAL ERROR: …
const telling = /^(?:\w*Error\b.*:|terminate called|FATAL ERROR|.*what\(\):)/;
const longest = 300;

/** The line of a dead process's output that says why it ended, for the user; the rest is for the log. */
export function lastWords(output: string): string | null {
  const lines = output
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return (lines.findLast((line) => telling.test(line)) ?? lines.at(-1))?.slice(0, longest) ?? null;
}
