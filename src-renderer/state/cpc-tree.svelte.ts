import type { CpcEntry } from '../../src-main/contract/calls.ts';
import type { Api } from '../../src-main/contract/transport.ts';
import { failed, loading, ready, valueOf } from './remote.ts';
import type { Remote } from './remote.ts';
import { emptyMap, excluding, having, including, setOf } from './replaced-whole.ts';

/** One visible line of the tree, with what assistive technology needs to know of its place. */
export interface TreeRow {
  readonly entry: CpcEntry;
  readonly parent: string | null;
  /** 1 for a section. */
  readonly depth: number;
  /** Place among its siblings, from 1. */
  readonly place: number;
  readonly siblings: number;
  readonly expanded: boolean;
  readonly loading: boolean;
}

const root = '';

/** The CPC scheme as a tree whose branches are read when they are opened. */
export class CpcTree {
  readonly #api: Api;
  #children = $state.raw<ReadonlyMap<string, Remote<readonly CpcEntry[]>>>(emptyMap());
  #expanded = $state.raw<ReadonlySet<string>>(setOf());
  #activeSymbol = $state<string | null>(null);

  constructor(api: Api) {
    this.#api = api;
  }

  /** The sections, and whether they could be read. */
  readonly roots = $derived.by<Remote<readonly CpcEntry[]>>(() => this.#children.get(root) ?? loading);

  readonly rows = $derived.by<readonly TreeRow[]>(() => {
    const rows: TreeRow[] = [];
    this.#collect(null, 1, rows);
    return rows;
  });

  /** The line that the keyboard is on: the first one until it moves. */
  readonly active = $derived.by<TreeRow | null>(
    () => this.rows.find((row) => row.entry.symbol === this.#activeSymbol) ?? this.rows[0] ?? null,
  );

  activate(symbol: string): void {
    this.#activeSymbol = symbol;
  }

  /** Reads the sections and, for a symbol, opens every branch above it and goes to it. */
  async reveal(symbol: string | null): Promise<void> {
    await this.#load(root);
    if (symbol === null || symbol === '') return;
    try {
      const { entry, ancestors } = await this.#api.call('cpc.get', { symbol });
      for (const ancestor of ancestors) await this.expand(ancestor.symbol);
      this.activate(entry.symbol);
    } catch {
      // An unknown symbol has no place in the tree; the sections are shown.
    }
  }

  async expand(symbol: string): Promise<void> {
    this.#expanded = including(this.#expanded, symbol);
    await this.#load(symbol);
  }

  collapse(symbol: string): void {
    this.#expanded = excluding(this.#expanded, symbol);
    if (this.#activeSymbol !== null && !this.rows.some((row) => row.entry.symbol === this.#activeSymbol)) {
      this.activate(symbol);
    }
  }

  async toggle(symbol: string): Promise<void> {
    if (this.#expanded.has(symbol)) this.collapse(symbol);
    else await this.expand(symbol);
  }

  move(by: number): void {
    const at = this.rows.findIndex((row) => row === this.active);
    const to = this.rows[Math.min(this.rows.length - 1, Math.max(0, at + by))];
    if (to !== undefined) this.activate(to.entry.symbol);
  }

  /** Right arrow: opens a closed branch, goes to the first line of an open one. */
  async stepIn(): Promise<void> {
    const row = this.active;
    if (row === null || !row.entry.hasChildren) return;
    if (row.expanded) this.move(1);
    else await this.expand(row.entry.symbol);
  }

  /** Left arrow: closes an open branch, else goes to the line above it in the scheme. */
  stepOut(): void {
    const row = this.active;
    if (row === null) return;
    if (row.expanded) this.collapse(row.entry.symbol);
    else if (row.parent !== null) this.activate(row.parent);
  }

  /** Goes to the next line whose symbol or title begins so. */
  find(prefix: string): void {
    const wanted = prefix.toLowerCase();
    const at = this.rows.findIndex((row) => row === this.active);
    // A repeated search with one letter moves on; a growing one may stay.
    const from = wanted.length === 1 ? at + 1 : at;
    const order = [...this.rows.slice(from), ...this.rows.slice(0, from)];
    const match = order.find(
      ({ entry }) =>
        entry.symbol.toLowerCase().startsWith(wanted) || entry.phrase.toLowerCase().startsWith(wanted),
    );
    if (match !== undefined) this.activate(match.entry.symbol);
  }

  #collect(parent: string | null, depth: number, rows: TreeRow[]): void {
    const entries = valueOf(this.#children.get(parent ?? root) ?? loading) ?? [];
    entries.forEach((entry, index) => {
      const expanded = entry.hasChildren && this.#expanded.has(entry.symbol);
      const branch = expanded && this.#children.get(entry.symbol)?.status === 'loading';
      rows.push({
        entry,
        parent,
        depth,
        place: index + 1,
        siblings: entries.length,
        expanded,
        loading: branch,
      });
      if (expanded) this.#collect(entry.symbol, depth + 1, rows);
    });
  }

  async #load(symbol: string): Promise<void> {
    const known = this.#children.get(symbol);
    if (known !== undefined && known.status !== 'failed') return;
    this.#set(symbol, loading);
    try {
      this.#set(
        symbol,
        ready(await this.#api.call('cpc.children', { symbol: symbol === root ? null : symbol })),
      );
    } catch (error) {
      this.#set(symbol, failed(error));
    }
  }

  #set(symbol: string, children: Remote<readonly CpcEntry[]>): void {
    this.#children = having(this.#children, symbol, children);
  }
}
