import { ensureBuilt } from '../../scripts/ensure-built.mjs';

/** Builds the product when its sources are newer than the last build. */
export default async function setup(): Promise<void> {
  await ensureBuilt();
}
