import { createHash } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '../../contract/app-error.ts';
import { pearsonOf } from '../../contract/correlation.ts';
import type { EngineOutput } from '../../contract/engine-calls.ts';
import { packManifest, type EncoderManifest } from '../../contract/pack.ts';
import { asScorer, loadPack } from '../../packs/load-pack.ts';
import type { LoadedPack } from '../../packs/loaded-pack.ts';
import { manifestName } from '../../packs/read-manifest.ts';
import type { Checkpoint } from '../checkpoint.ts';
import { readOnnx } from '../onnx/read-onnx.ts';
import { writeOnnx } from '../onnx/write-onnx.ts';
import { isEncoder } from '../open-scorer.ts';
import type { CreateSession } from '../runtime/session.ts';
import { openEncoderScorer } from '../scoring/encoder/encoder-scorer.ts';
import type { ScoreRows } from '../scoring/scorer.ts';
import type { RowTexts } from '../text/input-form.ts';
import { writeWhole } from '../onnx/write-whole.ts';
import { quantiseGraph } from './quantise-graph.ts';

const floatFile = 'onnx/model.onnx';
const int8File = 'onnx/model_quantized.onnx';

/** A row with the score that it should get. */
export interface MeasuredRow extends RowTexts {
  readonly label: number;
}

/** How a pack is quantised. */
export interface QuantiseSettings {
  readonly createSession: CreateSession;
  /** The folder for the new pack; what is in it is removed. */
  readonly folder: string;
  /** The most that Pearson may drop. */
  readonly maxDrop?: number;
  /** What the new pack is called; as the old one where it is absent. */
  readonly called?: Pick<EncoderManifest, 'id' | 'name'>;
  /** What the rows are, for the pack's metrics; without it the pack has none. */
  readonly measured?: { readonly split: string; readonly command: string };
  readonly checkpoint?: Checkpoint;
}

/** What quantising a pack came to. */
export type QuantiseReport = EngineOutput<'pack.quantise'>;

/**
 * Copies an encoder pack with weights of 8 bits in the place of its graph, if Pearson on the rows does not drop by more than
 * `maxDrop` (.005); otherwise nothing is written, and the report says so. The pack itself stays as it is.
 */
export async function quantisePack(
  { dir, hash: expectedHash }: { readonly dir: string; readonly hash?: string },
  rows: readonly MeasuredRow[],
  settings: QuantiseSettings,
): Promise<QuantiseReport> {
  const { createSession, maxDrop = 0.005, checkpoint = async () => undefined } = settings;
  const pack = floatEncoder(await loadPack(dir, expectedHash === undefined ? {} : { expectedHash }));
  const labels = labelsOf(rows);
  const onnx = await pack.read(floatFile);
  await checkpoint();
  const int8 = writeOnnx(quantiseGraph(readOnnx(onnx)), { quantised: 'int8, seven-bit matrices' });
  await checkpoint();
  const asked = scoreRowsOf(rows);
  const measure = async (graph: EncoderManifest['graph'], bytes: Uint8Array): Promise<number | null> => {
    const scorer = await openEncoderScorer(withGraph(pack, graph, bytes), createSession);
    try {
      return pearsonOf(await scorer.score(asked, 'pair', checkpoint), labels);
    } finally {
      await scorer.release();
    }
  };
  const float = await measure(floatFile, onnx);
  if (float === null) throw immeasurable(rows.length);
  const of = { float, int8: await measure(int8File, int8) };
  const accepted = of.int8 !== null && of.float - of.int8 <= maxDrop;
  const hash = accepted
    ? await writeQuantised(pack, int8, { ...settings, value: of.int8 ?? 0, rows: rows.length })
    : null;
  return {
    accepted,
    rows: rows.length,
    pearson: of,
    maxDrop,
    bytes: { float: onnx.byteLength, int8: int8.byteLength },
    hash,
    message: messageOf(accepted, of, maxDrop, rows.length),
  };
}

function floatEncoder(pack: LoadedPack): LoadedPack<EncoderManifest> {
  const scorer = asScorer(pack);
  const { id, family } = scorer.manifest;
  if (!isEncoder(scorer)) {
    throw new AppError(
      'bad-input',
      `The scorer ${id} is of the family ${family}; only encoders can be quantised.`,
      { found: family, expected: 'encoder' },
    );
  }
  if (scorer.manifest.graph !== floatFile || !Object.hasOwn(scorer.manifest.files, floatFile)) {
    throw new AppError(
      'bad-input',
      `The scorer ${id} has weights of 8 bits already; quantise the one it was made of.`,
      {
        found: scorer.manifest.graph,
        expected: floatFile,
      },
    );
  }
  return scorer;
}

/** The pack as it would be with another graph, of which the bytes are in memory. */
function withGraph(
  pack: LoadedPack<EncoderManifest>,
  graph: EncoderManifest['graph'],
  bytes: Uint8Array,
): LoadedPack<EncoderManifest> {
  return {
    ...pack,
    manifest: { ...pack.manifest, graph },
    read: async (path) => (path === graph ? bytes : pack.read(path)),
  };
}

/** Writes the new pack, and gives its hash. */
async function writeQuantised(
  pack: LoadedPack<EncoderManifest>,
  graph: Uint8Array,
  {
    folder,
    called,
    measured,
    checkpoint = async () => undefined,
    value,
    rows,
  }: Pick<QuantiseSettings, 'folder' | 'called' | 'measured' | 'checkpoint'> & {
    readonly value: number;
    readonly rows: number;
  },
): Promise<string> {
  await rm(folder, { recursive: true, force: true });
  const { [floatFile]: _, ...kept } = pack.manifest.files;
  for (const file of Object.keys(kept)) {
    await checkpoint();
    await writeInto(folder, file, await pack.read(file));
  }
  await writeInto(folder, int8File, graph);
  const claim = { sha256: createHash('sha256').update(graph).digest('hex'), bytes: graph.byteLength };
  const manifest = packManifest.parse({
    ...pack.manifest,
    ...called,
    graph: int8File,
    // What was measured before holds for another model.
    metrics: measured ? [{ name: 'pearson', value, mode: 'pair', rows, ...measured }] : [],
    files: { ...kept, [int8File]: claim },
  });
  const json = Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`);
  await writeInto(folder, manifestName, json);
  return createHash('sha256').update(json).digest('hex');
}

async function writeInto(folder: string, file: string, bytes: Uint8Array): Promise<void> {
  const path = join(folder, file);
  await mkdir(dirname(path), { recursive: true });
  await writeWhole(path, [bytes]);
}

function labelsOf(rows: readonly MeasuredRow[]): Float64Array {
  const bad = rows.findIndex(({ label }) => !(label >= 0 && label <= 1));
  if (bad >= 0) {
    const message = `Row ${bad + 1} has the label ${rows[bad]?.label}; expected a number from 0 to 1. Correct or remove the row.`;
    throw new AppError('bad-input', message, { row: bad + 1 });
  }
  return Float64Array.from(rows, ({ label }) => label);
}

function scoreRowsOf(rows: readonly MeasuredRow[]): ScoreRows {
  const texts = [...new Set(rows.map(({ contextText }) => contextText))];
  const indexOf = new Map(texts.map((text, index) => [text, index]));
  return {
    anchors: rows.map(({ anchor }) => anchor),
    targets: rows.map(({ target }) => target),
    contexts: texts.map((text) => ({ symbol: '', text })),
    contextIndex: Int32Array.from(rows, ({ contextText }) => indexOf.get(contextText) as number),
  };
}

function immeasurable(rows: number): AppError {
  return new AppError(
    'bad-input',
    `On these ${rows} rows Pearson cannot be computed: there are fewer than two, or all labels or all scores are the same. ` +
      'Give labelled rows of different scores.',
    { rows },
  );
}

function messageOf(
  accepted: boolean,
  { float, int8 }: QuantiseReport['pearson'],
  maxDrop: number,
  rows: number,
): string {
  const after = int8 === null ? 'cannot be computed' : `is ${int8.toFixed(4)}`;
  const figures = `Pearson on ${rows} rows is ${float.toFixed(4)} with 32-bit weights and ${after} with 8-bit weights`;
  return accepted ? `${figures}.` : `${figures}, a drop of more than ${maxDrop}: no pack was made.`;
}
