import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../contract/app-error.ts';
import { pearsonOf } from '../../contract/correlation.ts';
import { packManifest, type EncoderManifest } from '../../contract/pack.ts';
import { asScorer, loadPack } from '../../packs/load-pack.ts';
import type { LoadedPack } from '../../packs/loaded-pack.ts';
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
  /** The most that Pearson may drop. */
  readonly maxDrop?: number;
  /** What the rows are, for the pack's metrics; without it the pack has none after. */
  readonly measured?: { readonly split: string; readonly command: string };
  readonly checkpoint?: Checkpoint;
}

/** What quantising a pack came to. */
export interface QuantiseReport {
  /** Whether the pack now runs the quantised model; if not, nothing was changed. */
  readonly accepted: boolean;
  readonly rows: number;
  /** Pearson's correlation of scores and labels. */
  readonly pearson: { readonly float: number; readonly int8: number };
  readonly maxDrop: number;
  /** The sizes of the two graphs in bytes. */
  readonly bytes: { readonly float: number; readonly int8: number };
  /** The pack's hash: a new one where the model was accepted. */
  readonly hash: string;
  /** The outcome in words. */
  readonly message: string;
}

/**
 * Gives an encoder pack a second graph with weights of 8 bits, and makes it the one that runs, if Pearson on the rows does not drop
 * by more than `maxDrop` (.005); otherwise the pack stays as it was, and the report says so. The first graph stays in the pack.
 */
export async function quantisePack(
  dir: string,
  rows: readonly MeasuredRow[],
  settings: QuantiseSettings,
): Promise<QuantiseReport> {
  const { createSession, maxDrop = 0.005, checkpoint = async () => undefined } = settings;
  const pack = encoderOf(await loadPack(dir));
  const labels = labelsOf(rows);
  const onnx = await pack.read(floatFile);
  const int8 = writeOnnx(quantiseGraph(readOnnx(onnx)), { quantised: 'int8, seven-bit matrices' });
  await checkpoint();
  const asked = scoreRowsOf(rows);
  const measure = async (graph: EncoderManifest['graph'], bytes: Uint8Array): Promise<number> => {
    const scorer = await openEncoderScorer(withGraph(pack, graph, bytes), createSession);
    try {
      // Where all scores have become the same, there is none.
      return pearsonOf(await scorer.score(asked, 'pair', checkpoint), labels) ?? NaN;
    } finally {
      await scorer.release();
    }
  };
  const of = { float: await measure(floatFile, onnx), int8: await measure(int8File, int8) };
  if (!Number.isFinite(of.float)) throw immeasurable(rows.length);
  // NaN, where all scores have become the same, is no small drop either.
  const accepted = of.float - of.int8 <= maxDrop;
  const hash = accepted
    ? await replaceGraph(pack, int8, { ...settings, value: of.int8, rows: rows.length })
    : pack.hash;
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

function encoderOf(pack: LoadedPack): LoadedPack<EncoderManifest> {
  const scorer = asScorer(pack);
  if (isEncoder(scorer)) return scorer;
  throw new AppError(
    'bad-input',
    `The scorer ${scorer.manifest.id} is of the family ${scorer.manifest.family}; only encoders can be quantised.`,
    { found: scorer.manifest.family, expected: 'encoder' },
  );
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

/** Writes the graph and the manifest that names it, and gives the hash of the latter. */
async function replaceGraph(
  pack: LoadedPack<EncoderManifest>,
  bytes: Uint8Array,
  {
    measured,
    value,
    rows,
  }: Pick<QuantiseSettings, 'measured'> & { readonly value: number; readonly rows: number },
): Promise<string> {
  const claim = { sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.byteLength };
  const manifest = packManifest.parse({
    ...pack.manifest,
    graph: int8File,
    // What was measured before holds for another model.
    metrics: measured ? [{ name: 'pearson', value, mode: 'pair', rows, ...measured }] : [],
    files: { ...pack.manifest.files, [int8File]: claim },
  });
  const json = Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`);
  const path = join(pack.dir, int8File);
  const had = Object.hasOwn(pack.manifest.files, int8File);
  await writeWhole(path, [bytes]);
  try {
    await writeWhole(join(pack.dir, 'pack.json'), [json]);
  } catch (error) {
    if (!had) await rm(path, { force: true });
    throw error;
  }
  return createHash('sha256').update(json).digest('hex');
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
  const figures = `Pearson on ${rows} rows is ${float.toFixed(4)} with 32-bit weights and ${int8.toFixed(4)} with 8-bit weights`;
  return accepted
    ? `${figures}: the pack now runs the 8-bit model.`
    : `${figures}, a drop of more than ${maxDrop}: the pack stays as it was.`;
}
