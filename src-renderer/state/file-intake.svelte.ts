import type { FileHandle } from '../../src-main/contract/file-handle.ts';
import type { Api, DroppedFile, OnUpload, Upload } from '../../src-main/contract/transport.ts';
import { failed, idle, loading, ready } from './remote.ts';
import type { Remote } from './remote.ts';

/** What follows the file. */
export interface FileIntakeHears {
  /** Another file is on its way, or none: what belonged to the one before is over. */
  begin(): void;
  /** A file is here; `wish` is what the user had in mind with it. */
  arrive(file: FileHandle, wish: string | undefined): void;
}

/** The one file that the user works with: chosen or dropped, on its way, here, or refused. */
export class FileIntake {
  readonly #api: Api;
  readonly #hears: FileIntakeHears;
  #file = $state.raw<Remote<FileHandle>>(idle);
  #upload = $state.raw<Upload | null>(null);
  #turn = 0;

  constructor(api: Api, hears: FileIntakeHears) {
    this.#api = api;
    this.#hears = hears;
  }

  get file(): Remote<FileHandle> {
    return this.#file;
  }

  /** How far the file is on its way; null where the host reads it where it lies. */
  get upload(): Upload | null {
    return this.#upload;
  }

  /** Grows with every file: an answer that belongs to an earlier one comes too late. */
  get turn(): number {
    return this.#turn;
  }

  /** Lets the user choose a file; nothing changes where none is chosen. */
  async choose(wish?: string): Promise<void> {
    await this.#receive((onUpload) => this.#api.openFile(onUpload), wish);
  }

  /** Takes a file that was dropped. */
  async take(file: DroppedFile): Promise<void> {
    await this.#receive((onUpload) => this.#api.takeFile(file, onUpload));
  }

  /** Forgets the file. */
  clear(): void {
    this.#begin(idle);
    this.#upload = null;
  }

  async #receive(get: (onUpload: OnUpload) => Promise<FileHandle | null>, wish?: string): Promise<void> {
    let turn = this.#turn;
    let begun = false;
    // The chooser of the browser may stay open for long: the file before stays until another one is on its way.
    const begin = () => {
      if (!begun) turn = this.#begin(loading);
      begun = true;
    };
    const onUpload = (upload: Upload) => {
      begin();
      if (turn === this.#turn) this.#upload = upload;
    };
    try {
      const file = await get(onUpload);
      if (file === null || turn !== this.#turn) return;
      begin();
      this.#file = ready(file);
      this.#hears.arrive(file, wish);
    } catch (error) {
      if (turn !== this.#turn) return;
      begin();
      this.#file = failed(error);
    } finally {
      if (turn === this.#turn) this.#upload = null;
    }
  }

  #begin(file: Remote<FileHandle>): number {
    this.#file = file;
    this.#hears.begin();
    return ++this.#turn;
  }
}
