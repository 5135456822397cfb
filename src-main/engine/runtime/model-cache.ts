/** Something that holds sessions. */
export interface Releasable {
  release(): Promise<void>;
}

interface Entry {
  readonly model: Promise<Releasable>;
  users: number;
}

/** Keeps the models last used, by the hash of their packs; a model in use is never released. */
export class ModelCache {
  readonly #entries = new Map<string, Entry>();
  readonly #limit: number;

  constructor(limit = 4) {
    this.#limit = limit;
  }

  /** How many models are held. */
  get size(): number {
    return this.#entries.size;
  }

  /** Runs `work` with the model of a key, opened if it is not held; a key always stands for the same type. */
  async use<M extends Releasable, R>(
    key: string,
    open: () => Promise<M>,
    work: (model: M) => Promise<R>,
  ): Promise<R> {
    const entry = this.#entry(key, open);
    entry.users += 1;
    try {
      return await work((await entry.model) as M);
    } finally {
      entry.users -= 1;
      await this.#shrink();
    }
  }

  #entry(key: string, open: () => Promise<Releasable>): Entry {
    const held = this.#entries.get(key);
    const entry = held ?? { model: open(), users: 0 };
    // The map's order is that of the last use.
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    if (held === undefined) {
      entry.model.catch(() => {
        if (this.#entries.get(key) === entry) this.#entries.delete(key);
      });
    }
    return entry;
  }

  async #shrink(): Promise<void> {
    for (const [key, entry] of this.#entries) {
      if (this.#entries.size <= this.#limit) return;
      if (entry.users > 0) continue;
      this.#entries.delete(key);
      // What cannot be released is lost to this process either way, and no fault of the call that just ended.
      await entry.model.then((model) => model.release()).catch(() => undefined);
    }
  }
}
