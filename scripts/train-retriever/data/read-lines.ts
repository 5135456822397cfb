import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/** The lines of a text file, gzipped if its name ends in .gz, without the empty ones. */
export function readLines(path: string): string[] {
  const bytes = readFileSync(path);
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  return text.split(/\r?\n/).filter((line) => line !== '');
}

/** The rows of a tab-separated file after its header line, split into cells. */
export function readTable(path: string): string[][] {
  return readLines(path)
    .slice(1)
    .map((line) => line.split('\t'));
}
