import type { Store } from '../../store.ts';
import { readSheetHead, type SheetHead } from '../../tables/sheet-read-head.ts';
import { loadColumns, reloadScores } from './load-columns.ts';
import { SheetView } from './sheet-view.ts';

interface Loaded {
  readonly head: SheetHead;
  readonly view: SheetView;
}

interface Entry {
  loaded: Loaded | null;
  running: { readonly head: SheetHead; readonly view: Promise<Loaded> } | null;
  next: Promise<Loaded> | null;
}

// The one that is looked at and the one before it.
const mostSheets = 2;

/** Views of the sheets that were asked about last; a view is read anew once its sheet has changed. */
export class SheetViews {
  readonly #store: Store;
  readonly #entries = new Map<number, Entry>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** The view of a sheet where it is up to date; `scores`: whether scores matter. */
  upToDate(head: SheetHead, scores: boolean): SheetView | null {
    const loaded = this.#entries.get(head.id)?.loaded ?? null;
    if (loaded === null) return null;
    const same = scores
      ? loaded.head.scoresStamp === head.scoresStamp
      : loaded.head.rowsStamp === head.rowsStamp;
    return same ? loaded.view : null;
  }

  /** True where a view of a sheet was read or is being read, up to date or not. */
  known(id: number): boolean {
    const entry = this.#entries.get(id);
    return entry !== undefined && (entry.loaded !== null || entry.running !== null);
  }

  /** A view of a sheet as it is said to be, or as it is later. */
  async load(head: SheetHead): Promise<SheetView> {
    return (await this.#load(this.#entry(head.id), head)).view;
  }

  #load(entry: Entry, head: SheetHead): Promise<Loaded> {
    const { running } = entry;
    if (running === null) {
      const view = this.#read(entry, head).finally(() => (entry.running = null));
      entry.running = { head, view };
      return view;
    }
    if (running.head.scoresStamp === head.scoresStamp) return running.view;
    // The sheet changed since this reading began: whoever asks now shares the one after it.
    const again = (): Promise<Loaded> => {
      entry.next = null;
      return this.#load(entry, readSheetHead(this.#store, head.id) ?? head);
    };
    return (entry.next ??= running.view.then(again, again));
  }

  async #read(entry: Entry, head: SheetHead): Promise<Loaded> {
    const before = entry.loaded?.head.rowsStamp === head.rowsStamp ? entry.loaded.view : null;
    const rescored = before === null ? null : await reloadScores(this.#store, head.id, before.columns);
    const columns = rescored ?? (await loadColumns(this.#store, head));
    const view = new SheetView(this.#store, columns, rescored === null ? null : (before?.ranks ?? null));
    entry.loaded = { head, view };
    // Nobody waits for it; a failure shows again where it is needed.
    void view.prepare().catch(() => {});
    return entry.loaded;
  }

  #entry(id: number): Entry {
    const entry = this.#entries.get(id) ?? { loaded: null, running: null, next: null };
    this.#entries.delete(id);
    this.#entries.set(id, entry);
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= mostSheets) break;
      this.#entries.delete(oldest);
    }
    return entry;
  }
}
