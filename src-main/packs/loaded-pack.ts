import type { PackManifest } from '../contract/pack.ts';

/** A pack whose manifest is valid; its files are verified when they are read. */
export interface LoadedPack<M extends PackManifest = PackManifest> {
  readonly dir: string;
  /** SHA-256 of pack.json, in hexadecimal: the identity of the model. */
  readonly hash: string;
  readonly manifest: M;
  /** The bytes of a file named in the manifest; `pack-missing` or `pack-tampered` where they are not what it says. */
  read(path: string): Promise<Uint8Array>;
}
