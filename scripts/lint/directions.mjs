// Which part of the source tree may import which: the one table behind the lint rule and its test.
// Most specific folder first.

/** @typedef {{ readonly part: string, readonly folder: string, readonly may: readonly string[] }} Part */

/** @type {readonly Part[]} */
export const parts = [
  { part: 'contract', folder: 'src-main/contract', may: ['contract'] },
  { part: 'packs', folder: 'src-main/packs', may: ['packs', 'contract'] },
  { part: 'store', folder: 'src-main/store', may: ['store', 'contract'] },
  { part: 'csv', folder: 'src-main/csv', may: ['csv', 'contract'] },
  { part: 'xlsx', folder: 'src-main/xlsx', may: ['xlsx', 'csv', 'contract'] },
  { part: 'table file', folder: 'src-main/table-file', may: ['table file', 'csv', 'xlsx', 'contract'] },
  {
    part: 'queue',
    folder: 'src-main/queue',
    may: ['queue', 'contract'],
  },
  { part: 'cpc', folder: 'src-main/cpc', may: ['cpc', 'contract'] },
  { part: 'engine client', folder: 'src-main/engine-client', may: ['engine client', 'contract'] },
  { part: 'engine graph', folder: 'src-main/engine/graph', may: ['engine graph', 'contract'] },
  { part: 'engine onnx', folder: 'src-main/engine/onnx', may: ['engine onnx', 'engine graph', 'contract'] },
  {
    part: 'engine runtime',
    folder: 'src-main/engine/runtime',
    may: ['engine runtime', 'engine graph', 'engine onnx', 'packs', 'contract'],
  },
  { part: 'engine text', folder: 'src-main/engine/text', may: ['engine text', 'packs', 'contract'] },
  {
    part: 'engine autodiff',
    folder: 'src-main/engine/autodiff',
    may: ['engine autodiff', 'engine graph', 'contract'],
  },
  {
    part: 'engine weights',
    folder: 'src-main/engine/weights',
    may: ['engine weights', 'engine graph', 'engine onnx', 'contract'],
  },
  {
    part: 'engine architectures',
    folder: 'src-main/engine/architectures',
    may: ['engine architectures', 'engine graph', 'contract'],
  },
  {
    part: 'engine',
    folder: 'src-main/engine',
    may: [
      'engine',
      'engine graph',
      'engine onnx',
      'engine runtime',
      'engine text',
      'engine autodiff',
      'engine weights',
      'engine architectures',
      'packs',
      'contract',
    ],
  },
  {
    part: 'services',
    folder: 'src-main/services',
    may: [
      'services',
      'store',
      'csv',
      'xlsx',
      'table file',
      'queue',
      'cpc',
      'engine client',
      'packs',
      'contract',
    ],
  },
  { part: 'host', folder: 'src-main/host', may: ['host', 'engine client', 'contract'] },
  {
    part: 'electron',
    folder: 'src-main/electron',
    may: ['electron', 'host', 'services', 'engine client', 'contract'],
  },
  { part: 'web', folder: 'src-main/web', may: ['web', 'host', 'services', 'engine client', 'contract'] },
  {
    part: 'cli',
    folder: 'src-main/cli',
    may: ['cli', 'web', 'host', 'services', 'engine client', 'contract'],
  },
  { part: 'renderer', folder: 'src-renderer', may: ['renderer', 'contract'] },
];

/** Packages that only one place may import, with what to import instead. */
export const soleImporters = [
  { package: /^better-sqlite3$/, folder: 'src-main/store/', instead: 'a function of src-main/store/tables' },
  { package: /^sqlite-vec$/, folder: 'src-main/store/', instead: 'a function of src-main/store/tables' },
  { package: /^(bullmq|ioredis)$/, folder: 'src-main/queue/', instead: 'a function of src-main/queue' },
  {
    package: /^onnxruntime-node$/,
    folder: 'src-main/engine/runtime/',
    instead: 'src-main/engine/runtime/create-session.ts',
  },
  { package: /^electron$/, folder: 'src-main/electron/', instead: 'the App of src-main/services/app.ts' },
  {
    package: /^@huggingface\/(tokenizers|transformers)$/,
    folder: 'src-main/engine/text/',
    instead: 'src-main/engine/text/tokeniser.ts',
  },
];

/** The part that a path relative to the repository belongs to, or null outside the two source trees. */
export function partOf(path) {
  return parts.find((part) => path.startsWith(`${part.folder}/`)) ?? null;
}

/**
 * Why a file may not import another, or null where it may.
 * @param {string} from path of the importing file, relative to the repository, forward slashes
 * @param {{ readonly file: string } | { readonly package: string }} target a file of the repository or a package
 */
export function whyNot(from, target) {
  const source = partOf(from);
  if ('package' in target) {
    if (source === null) return null;
    const sole = soleImporters.find((entry) => entry.package.test(target.package));
    if (sole && !from.startsWith(sole.folder)) {
      return `${target.package} may be imported only in ${sole.folder}; here, import ${sole.instead}.`;
    }
    if (source.part === 'contract' && target.package !== 'zod') {
      return `The contract imports the schema library (zod) and nothing else; found ${target.package}.`;
    }
    return null;
  }
  if (source === null) return null;
  const goal = partOf(target.file);
  if (goal === null) {
    if (/^src-(main|renderer)\//.test(target.file)) return null;
    return `${from} may not import ${target.file}, which is outside the source trees; move what you need into src-main.`;
  }
  if (source.may.includes(goal.part)) return null;
  return `${source.part} may not import ${goal.part} (${target.file}); it may import: ${source.may.join(', ')}. Pass it in from the part above, or move what both need to src-main/contract.`;
}
