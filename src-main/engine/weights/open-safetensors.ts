import { open, type FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import { refuse, shown } from './refuse.ts';
import { headerLength, lengthBytes, parseHeader } from './safetensors-header.ts';
import type { WeightSource } from './weight-source.ts';

/** A safetensors file that stays open until it is closed. */
export interface OpenSafetensors extends WeightSource {
  close(): Promise<void>;
}

// One read call takes at most 2 GiB; smaller pieces keep the process answering in between.
const pieceBytes = 64 * 2 ** 20;

/** Opens a safetensors file and reads its header; of the tensors, nothing yet. */
export async function openSafetensors(path: string): Promise<OpenSafetensors> {
  const label = basename(path);
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const first = new Uint8Array(Math.min(lengthBytes, size));
    await readFully(file, first, 0, label);
    const header = new Uint8Array(headerLength(first, size, label));
    await readFully(file, header, lengthBytes, label);
    const { tensors, metadata } = parseHeader(header, size, label);
    return {
      label,
      tensors,
      metadata,
      readInto: async (name, target, from = 0) => {
        const place = tensors.get(name);
        if (!place || from + target.length > place.end - place.start) {
          refuse(`${label} has no tensor ${shown(name)} of ${from + target.length} bytes.`);
        }
        await readFully(file, target, place.start + from, label);
      },
      close: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function readFully(
  file: FileHandle,
  target: Uint8Array,
  position: number,
  label: string,
): Promise<void> {
  for (let at = 0; at < target.length;) {
    const { bytesRead } = await file.read(
      target,
      at,
      Math.min(pieceBytes, target.length - at),
      position + at,
    );
    if (bytesRead === 0) refuse(`${label} ended at byte ${position + at} while it was read. Copy it again.`);
    at += bytesRead;
  }
}
