import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import type { z } from 'zod';
import { packManifest, type PackManifest } from '../contract/pack.ts';
import { openPlainFile } from './open-plain-file.ts';
import { packError } from './pack-error.ts';

/** The name of the file that describes a pack. */
export const manifestName = 'pack.json';

const mostManifestBytes = 1 << 20;
const mostFiles = 1000;
// More does not fit one buffer of the file system's reader, and no model meant for a desktop is that large.
const mostFileBytes = 2 ** 31 - 1;

/** A validated pack.json with the bytes it was read from. */
export interface ReadManifest {
  readonly bytes: Uint8Array;
  /** SHA-256 of the bytes, in hexadecimal. */
  readonly hash: string;
  readonly manifest: PackManifest;
}

/** Reads and validates the pack.json of a folder; another hash than the expected one is `pack-tampered`. */
export async function readManifest(dir: string, expectedHash?: string): Promise<ReadManifest> {
  const bytes = await readBytes(dir);
  const hash = createHash('sha256').update(bytes).digest('hex');
  if (expectedHash !== undefined && expectedHash !== hash) {
    const expected = `SHA-256 ${expectedHash}`;
    throw packError({ code: 'pack-tampered', dir, file: manifestName, found: `SHA-256 ${hash}`, expected });
  }
  return { bytes, hash, manifest: parseManifest(dir, bytes) };
}

async function readBytes(dir: string): Promise<Uint8Array> {
  const isFolder = await stat(dir).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
  if (!isFolder) {
    throw packError({
      code: 'pack-missing',
      dir,
      found: 'no such folder',
      expected: 'the folder of a model pack',
    });
  }
  const { handle, bytes: size } = await openPlainFile(dir, manifestName);
  try {
    if (size > mostManifestBytes) {
      throw invalid(dir, `${size} bytes`, `at most ${mostManifestBytes} bytes`);
    }
    const buffer = new Uint8Array(size);
    let filled = 0;
    while (filled < size) {
      const { bytesRead } = await handle.read(buffer, filled, size - filled, filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return buffer.subarray(0, filled);
  } finally {
    await handle.close();
  }
}

function parseManifest(dir: string, bytes: Uint8Array): PackManifest {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw invalid(
      dir,
      error instanceof Error ? error.message : 'text that cannot be read',
      'JSON in UTF-8',
      error,
    );
  }
  const result = packManifest.safeParse(json);
  if (!result.success) {
    const { issues } = result.error;
    const more = issues.length > 3 ? ` and ${issues.length - 3} more` : '';
    const found = issues.slice(0, 3).map(describeIssue).join('; ') + more;
    throw invalid(dir, found, 'a manifest of format 1', result.error);
  }
  checkFiles(dir, result.data);
  return result.data;
}

function checkFiles(dir: string, manifest: PackManifest): void {
  const names = Object.keys(manifest.files);
  if (names.length > mostFiles) throw invalid(dir, `${names.length} files`, `at most ${mostFiles} files`);
  for (const name of names) {
    // On a file system that ignores case it would be the manifest itself.
    if (name.toLowerCase() === manifestName)
      throw invalid(dir, `${name} among its own files`, 'only other files');
    const { bytes } = manifest.files[name] as { readonly bytes: number };
    if (bytes > mostFileBytes)
      throw invalid(dir, `${name} of ${bytes} bytes`, `at most ${mostFileBytes} bytes a file`);
  }
}

function describeIssue(issue: z.core.$ZodIssue): string {
  const path = issue.path.map(String).join('.');
  return path === '' ? issue.message : `${path}: ${issue.message}`;
}

function invalid(dir: string, found: string, expected: string, cause?: unknown): Error {
  return packError(
    { code: 'pack-invalid', dir, file: manifestName, found, expected },
    cause === undefined ? undefined : { cause },
  );
}
