import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

// Writes NOTICE.md: what an installation of Priorphrase contains that others made, and under which licence.
// node scripts/make-notices.ts

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const root = resolve(import.meta.dirname, '..');
const manifest = (dir: string): Manifest | null => {
  try {
    return JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8')) as Manifest;
  } catch {
    return null;
  }
};

/** Packages bundled into the built product though they are needed only to build it. */
const bundled = ['svelte'];

/** Every package that runs in the product, itself left out. */
export function shippedPackages(): Manifest[] {
  const own = manifest(root) as Manifest;
  const found = new Map<string, Manifest>();
  const visit = (name: string): void => {
    if (found.has(name)) return;
    const there = manifest(join(root, 'node_modules', name));
    if (there === null) return;
    found.set(name, there);
    for (const next of Object.keys({ ...there.dependencies, ...there.optionalDependencies })) visit(next);
  };
  for (const name of Object.keys(own.dependencies ?? {})) visit(name);
  for (const name of bundled) found.set(name, manifest(join(root, 'node_modules', name)) as Manifest);
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

interface Pack {
  readonly id: string;
  readonly licence: string;
  readonly provenance: {
    readonly data: readonly { readonly name: string; readonly licence: string; readonly source: string }[];
  };
}

function packs(): Pack[] {
  return readdirSync(join(root, 'models'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => JSON.parse(readFileSync(join(root, 'models', entry.name, 'pack.json'), 'utf8')) as Pack);
}

/** The text of NOTICE.md. */
export function notices(): string {
  const lines = [
    '# Notices',
    '',
    'Priorphrase is licensed under the [Apache License 2.0](LICENSE). An installation contains the following works of others.',
    'Made by `npx node scripts/make-notices.ts`.',
    '',
    '## Data',
    '',
    '`resources/cpc` holds titles of the Cooperative Patent Classification, published by the European Patent Office and the',
    'United States Patent and Trademark Office.',
    '',
    '## Models',
    '',
    'The built-in models were trained by this project. What they were trained on:',
    '',
    '| pack | data | licence | source |',
    '|---|---|---|---|',
    ...packs().flatMap((pack) =>
      pack.provenance.data.map((data) => `| ${pack.id} | ${data.name} | ${data.licence} | ${data.source} |`),
    ),
    '',
    'Changes made: the texts were tokenised and turned into numbers; no text of these works is contained but for the words and',
    'word pairs listed in the packs. The licence of WordNet is in [resources/licences/wordnet.txt](resources/licences/wordnet.txt).',
    '',
    '## Packages',
    '',
    '| package | version | licence |',
    '|---|---|---|',
    ...shippedPackages().map(
      ({ name, version, license }) => `| ${name} | ${version} | ${license ?? 'see the package'} |`,
    ),
    '',
    'The licence text of each package lies in its folder. Electron and Chromium bring their own notices beside the application.',
    '',
  ];
  return lines.join('\n');
}

if (import.meta.main) writeFileSync(join(root, 'NOTICE.md'), notices());
