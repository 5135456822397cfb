import { AppError } from '../contract/app-error.ts';
import type { Packs } from './packs.ts';

/** An id for a pack that is written to a folder of some name, which no pack has: by its id a scorer is asked for. */
export async function freePackId(packs: Pick<Packs, 'list'>, folderName: string): Promise<string> {
  const wanted = slugOf(folderName);
  const taken = new Set((await packs.list()).map(({ id }) => id));
  for (let number = 1; number < 1000; number++) {
    const id = number === 1 ? wanted : `${wanted}-${number}`;
    if (!taken.has(id)) return id;
  }
  throw new AppError(
    'conflict',
    `There are too many packs named ${wanted}. Choose another name for the folder.`,
  );
}

function slugOf(name: string): string {
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 50);
  return slug.length >= 2 ? slug : `scorer-${slug || 'new'}`;
}
