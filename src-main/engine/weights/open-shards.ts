import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { openSafetensors, type OpenSafetensors } from './open-safetensors.ts';
import { refuse, shown } from './refuse.ts';

/** How the name of an index ends, beside the shards that it lists. */
export const indexEnding = '.safetensors.index.json';

const mostIndexBytes = 32 * 2 ** 20;
const mostShards = 1000;
// A file beside the index: no folder, no drive, nothing hidden.
const shardName = /^[A-Za-z0-9_-][A-Za-z0-9._-]*\.safetensors$/;

const indexSchema = z.looseObject({ weight_map: z.record(z.string(), z.string()) });

/** Opens the file of weights at a path, or the shards of an index: one source either way. */
export async function openWeights(path: string): Promise<OpenSafetensors> {
  return path.endsWith(indexEnding) ? openShards(path) : openSafetensors(path);
}

/** The names of the shards of an index, each once; refuses what is not the name of a file beside it. */
export async function shardsOf(path: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const label = basename(path);
  const { size } = await stat(path);
  if (size > mostIndexBytes) {
    refuse(`${label} has ${size} bytes; an index of weights has at most ${mostIndexBytes}.`, { found: size });
  }
  const shards = new Map<string, string[]>();
  for (const [tensor, file] of Object.entries(weightMap(await readFile(path, 'utf8'), label))) {
    if (!shardName.test(file)) {
      refuse(
        `${label} puts ${shown(tensor)} into "${shown(file)}"; expected the name of a .safetensors file in the same folder.`,
      );
    }
    const known = shards.get(file);
    if (known) known.push(tensor);
    else shards.set(file, [tensor]);
    if (shards.size > mostShards) refuse(`${label} names more than ${mostShards} files of weights.`);
  }
  if (shards.size === 0) refuse(`${label} names no tensors.`);
  return shards;
}

async function openShards(path: string): Promise<OpenSafetensors> {
  const label = basename(path);
  const opened: OpenSafetensors[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(opened.map((shard) => shard.close()));
  };
  try {
    const places = new Map<string, OpenSafetensors>();
    for (const [file, names] of await shardsOf(path)) {
      const shard = await openShard(join(dirname(path), file), label);
      opened.push(shard);
      for (const name of names) {
        if (!shard.tensors.has(name)) {
          refuse(`${label} says that ${file} has ${shown(name)}, which it has not. Copy the folder again.`);
        }
        places.set(name, shard);
      }
    }
    const tensors = new Map(
      [...places].flatMap(([name, shard]) => {
        const place = shard.tensors.get(name);
        return place ? [[name, place] as const] : [];
      }),
    );
    return {
      label,
      tensors,
      metadata: opened[0]?.metadata ?? {},
      readInto: async (name, target, from) => {
        const shard = places.get(name);
        if (!shard) return refuse(`${label} has no tensor ${shown(name)}.`);
        await shard.readInto(name, target, from);
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openShard(path: string, index: string): Promise<OpenSafetensors> {
  return openSafetensors(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    return refuse(`${index} names ${basename(path)}, which is not in its folder. Copy the folder again.`);
  });
}

function weightMap(text: string, label: string): Readonly<Record<string, string>> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    refuse(`${label} is not valid JSON. Copy it again.`);
  }
  const parsed = indexSchema.safeParse(json);
  if (!parsed.success) refuse(`${label} has no weight_map that gives each tensor its file. Copy it again.`);
  return parsed.data.weight_map;
}
