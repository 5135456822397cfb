import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';

const folders: string[] = [];

afterAll(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

/** A new folder that is removed after the tests of a file. */
export async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'priorphrase-'));
  folders.push(folder);
  return folder;
}

/** A small valid retriever manifest for some files. */
export function manifestFor(files: Readonly<Record<string, string | Uint8Array>>): Record<string, unknown> {
  return {
    format: 1,
    id: 'tiny-retriever',
    name: 'Tiny retriever',
    version: '1.0.0',
    description: 'A retriever for tests.',
    kind: 'retriever',
    family: 'static-embedding',
    dimensions: 8,
    maxLength: 16,
    licence: 'CC0-1.0',
    provenance: { command: 'none', seed: 1, data: [] },
    metrics: [],
    files: Object.fromEntries(
      Object.entries(files).map(([file, content]) => [
        file,
        {
          sha256: createHash('sha256').update(content).digest('hex'),
          bytes: Buffer.from(content).byteLength,
        },
      ]),
    ),
  };
}

/** The files of a pack of `makePack` without other instructions. */
export const plainFiles = { 'tokenizer.json': '{}', 'onnx/model.onnx': 'not really a graph' };

/** Writes a pack into `dir`; the manifest may differ from what is right. */
export async function makePack(
  dir: string,
  change: (manifest: Record<string, unknown>) => unknown = (manifest) => manifest,
  files: Readonly<Record<string, string | Uint8Array>> = plainFiles,
): Promise<string> {
  for (const [file, content] of Object.entries(files)) {
    await mkdir(dirname(join(dir, file)), { recursive: true });
    await writeFile(join(dir, file), content);
  }
  await mkdir(dir, { recursive: true });
  await writeFile(join(dir, 'pack.json'), JSON.stringify(change(manifestFor(files))));
  return dir;
}
