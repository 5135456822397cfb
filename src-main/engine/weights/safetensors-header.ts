import { dtypes, isDtype, type Dtype } from './dtype.ts';
import { refuse, shown } from './refuse.ts';

/** Where a tensor lies in a safetensors file, in bytes from the start of the file. */
export interface TensorPlace {
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly start: number;
  readonly end: number;
}

/** What a safetensors file says of itself. */
export interface SafetensorsHeader {
  readonly tensors: ReadonlyMap<string, TensorPlace>;
  readonly metadata: Readonly<Record<string, string>>;
}

/** The bytes before the header: its length. */
export const lengthBytes = 8;

// The limit of the format's own reader.
const mostHeaderBytes = 100_000_000;
const mostAxes = 32;

/** The length of the header from the first 8 bytes of a file; refuses one that the file can't hold. */
export function headerLength(first: Uint8Array, fileBytes: number, label: string): number {
  if (first.length < lengthBytes || fileBytes < lengthBytes) {
    refuse(
      `${label} has ${fileBytes} bytes, too few for a safetensors file. Expected weights as Hugging Face saves them (model.safetensors).`,
    );
  }
  const length = Number(new DataView(first.buffer, first.byteOffset, lengthBytes).getBigUint64(0, true));
  if (length > mostHeaderBytes || length < 2 || lengthBytes + length > fileBytes) {
    refuse(
      `${label} is not a safetensors file, or is cut off: its header would have ${length} bytes, the file has ${fileBytes}. Copy it again.`,
    );
  }
  return length;
}

/** The header of a file from its bytes; refuses tensors outside of the file, overlaps, gaps and unknown number types. */
export function parseHeader(header: Uint8Array, fileBytes: number, label: string): SafetensorsHeader {
  const entries = parseJson(header, label);
  const dataStart = lengthBytes + header.length;
  const tensors = new Map<string, TensorPlace>();
  let metadata: Readonly<Record<string, string>> = {};
  for (const [name, entry] of Object.entries(entries)) {
    if (name === '__metadata__') metadata = parseMetadata(entry, label);
    else tensors.set(name, placeOf(entry, dataStart, `${label}: the tensor ${shown(name)}`));
  }
  requireSeamless(tensors, dataStart, fileBytes, label);
  return { tensors, metadata };
}

function parseJson(header: Uint8Array, label: string): Readonly<Record<string, unknown>> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(header));
  } catch {
    parsed = null;
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    refuse(`${label} has a header that is not JSON; expected a safetensors file. Copy or export it again.`);
  }
  return parsed as Readonly<Record<string, unknown>>;
}

function parseMetadata(entry: unknown, label: string): Readonly<Record<string, string>> {
  const words = Object.entries((entry ?? {}) as Readonly<Record<string, unknown>>);
  if (typeof entry !== 'object' || words.some(([, word]) => typeof word !== 'string')) {
    refuse(`${label} has metadata that are not words; expected a safetensors file. Export it again.`);
  }
  return Object.fromEntries(words) as Readonly<Record<string, string>>;
}

function placeOf(entry: unknown, dataStart: number, label: string): TensorPlace {
  const { dtype, shape, data_offsets: offsets } = (entry ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof dtype !== 'string' || !isDtype(dtype)) {
    refuse(
      `${label} has the number type ${shown(String(dtype))}; expected one of ${Object.keys(dtypes).join(', ')}.`,
    );
  }
  if (!isCounts(shape) || shape.length > mostAxes) {
    refuse(`${label} has no valid shape; found ${shown(JSON.stringify(shape) ?? 'none')}.`);
  }
  if (!isCounts(offsets) || offsets.length !== 2) {
    refuse(`${label} has no valid data_offsets; found ${shown(JSON.stringify(offsets) ?? 'none')}.`);
  }
  const [from, to] = offsets as readonly [number, number];
  const needed = shape.reduce((product, size) => product * size, 1) * dtypes[dtype].bytes;
  if (to - from !== needed) {
    refuse(
      `${label} of type ${dtype} and shape [${shape.join(', ')}] needs ${needed} bytes; its data_offsets give it ${to - from}.`,
    );
  }
  return { dtype, shape, start: dataStart + from, end: dataStart + to };
}

function isCounts(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((item) => Number.isSafeInteger(item) && item >= 0);
}

/** Tensors must fill the file one after another: anything else is damage, or hides something. */
function requireSeamless(
  tensors: ReadonlyMap<string, TensorPlace>,
  dataStart: number,
  fileBytes: number,
  label: string,
): void {
  let at = dataStart;
  for (const [name, { start, end }] of [...tensors].sort(
    ([, a], [, b]) => a.start - b.start || a.end - b.end,
  )) {
    if (end > fileBytes) {
      refuse(
        `${label}: the tensor ${shown(name)} ends at byte ${end}, but the file has ${fileBytes}. It is cut off; copy it again.`,
      );
    }
    if (start !== at) {
      const found = start < at ? 'overlaps another one' : `leaves a gap of ${start - at} bytes before it`;
      refuse(`${label}: the tensor ${shown(name)} ${found}. The file is damaged; copy or export it again.`);
    }
    at = end;
  }
  if (at !== fileBytes) {
    refuse(
      `${label} has ${fileBytes - at} bytes behind its last tensor. The file is damaged; copy or export it again.`,
    );
  }
}
