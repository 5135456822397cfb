import { readdirSync } from 'node:fs';
import { join } from 'node:path';

// `npm run bench` lists the measurements; `npm run bench -- NAME [arguments]` runs one.
const helpers = new Set(['bench-phrases.ts', 'quick-engine.ts', 'stretches.ts']);
const names = readdirSync(import.meta.dirname)
  // Helpers of the measurements print nothing themselves.
  .filter((file) => file.endsWith('.ts') && !helpers.has(file))
  .map((file) => file.slice(0, -'.ts'.length))
  .sort();
const name = process.argv[2];
if (name === undefined || !names.includes(name)) {
  process.stdout.write(`Measurements: ${names.join(', ')}\nRun one with: npm run bench -- NAME\n`);
  process.exitCode = name === undefined ? 0 : 2;
} else {
  process.argv.splice(2, 1);
  await import(join(import.meta.dirname, `${name}.ts`));
}
