import { open, realpath, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import { AppError } from '../../contract/app-error.ts';
import type { Graph } from '../graph/graph.ts';
import type { Tensor } from '../graph/tensor.ts';
import { ExternalRanges } from './external-ranges.ts';
import type { TensorRecord } from './file-records.ts';
import { graphFromRecord } from './graph-from-record.ts';
import { readModelRecord } from './read-records.ts';
import { refuse, shown } from './refuse.ts';

const pieceBytes = 64 * 2 ** 20;

/** The graph of a model in memory; its tensors are views of the bytes. Models with tensors in other files need {@link readOnnxFile}. */
export function readOnnx(bytes: Uint8Array): Graph {
  return graphFromRecord(readModelRecord(bytes), (record) => {
    if (record.kind === 'stored') return record.tensor;
    return refuse(
      `The tensor ${shown(record.name)} lies in another file (${shown(record.place.location)}); expected a model in one piece.`,
    );
  });
}

/**
 * The graph of a model file. Weights in other files of the same folder are read range by range, each byte once; all tensors are
 * views of what was read, so a model is held in memory once.
 */
export async function readOnnxFile(path: string): Promise<Graph> {
  const { size } = await stat(path);
  const record = readModelRecord(await readRange(path, 0, size));
  const external = record.graph.initialisers.filter((tensor) => tensor.kind === 'external');
  const files = new Map<string, ExternalRanges>();
  for (const tensor of external) {
    const file = await externalFile(path, tensor);
    const ranges = files.get(file) ?? new ExternalRanges((await stat(file)).size);
    files.set(file, ranges);
    ranges.add(tensor);
  }
  const bytesOf = new Map<TensorRecord, Uint8Array>();
  for (const [file, ranges] of files) {
    for (const range of ranges.merged()) {
      const bytes = await readRange(file, range.start, range.end);
      for (const { tensor, start, end } of range.tensors) bytesOf.set(tensor, bytes.subarray(start, end));
    }
  }
  return graphFromRecord(record, (tensor): Tensor => {
    if (tensor.kind === 'stored') return tensor.tensor;
    const bytes = bytesOf.get(tensor);
    if (bytes) return { type: tensor.type, shape: tensor.shape, bytes };
    return refuse(
      `The tensor ${shown(tensor.name)} of a branch lies in another file; expected it in the model file.`,
    );
  });
}

/** The file that holds a tensor: inside of the model's folder, also after links are followed. */
async function externalFile(
  modelPath: string,
  tensor: Extract<TensorRecord, { kind: 'external' }>,
): Promise<string> {
  const { location } = tensor.place;
  const label = `The tensor ${shown(tensor.name)} lies in the file ${shown(location)}`;
  const parts = location.split(/[/\\]/);
  if (isAbsolute(location) || /^[a-z]:/i.test(location) || parts.includes('..') || location.includes('\0')) {
    refuse(`${label}, outside of the model's folder. Such a file is not opened; expected a plain name.`);
  }
  const folder = await realpath(dirname(modelPath));
  const wanted = join(folder, location);
  const real = await realpath(wanted).catch((error: unknown) => {
    throw new AppError(
      'bad-input',
      `${label}, which is not there. Put it beside the model file.`,
      {},
      { cause: error },
    );
  });
  const inside = relative(folder, real);
  if (inside === '' || inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside)) {
    refuse(`${label}, a link that leads outside of the model's folder. Such a file is not opened.`);
  }
  if (!(await stat(real)).isFile()) refuse(`${label}, which is not a file.`);
  return real;
}

async function readRange(path: string, start: number, end: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(end - start);
  const file = await open(path, 'r');
  try {
    for (let at = 0; at < bytes.length;) {
      const { bytesRead } = await file.read(bytes, at, Math.min(pieceBytes, bytes.length - at), start + at);
      if (bytesRead === 0)
        refuse(`The file ${path} ended at byte ${start + at}; expected ${end} bytes. Copy it again.`);
      at += bytesRead;
    }
  } finally {
    await file.close();
  }
  return bytes;
}
