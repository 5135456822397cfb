import { displayPhrase, maxPhraseLength } from '../../src-main/contract/phrase.ts';
import type { HistoryEntry } from '../../src-main/contract/calls.ts';
import type { CpcPicker } from './cpc-picker.svelte.ts';
import type { Libraries } from './libraries.svelte.ts';
import type { Lookup } from './lookup.svelte.ts';
import type { ResultsView } from './results-view.svelte.ts';
import type { SettingsState } from './settings-state.svelte.ts';

/** The parts that the form fills in and sets off. */
export interface QueryFormParts {
  readonly picker: CpcPicker;
  readonly libraries: Libraries;
  readonly lookup: Lookup;
  readonly view: ResultsView;
  readonly settings: SettingsState;
}

/** The query as the user fills it in, checked before it is sent. */
export class QueryForm {
  readonly #parts: QueryFormParts;
  #anchor = $state('');
  #tried = $state(false);

  constructor(parts: QueryFormParts) {
    this.#parts = parts;
  }

  get anchor(): string {
    return this.#anchor;
  }

  set anchor(text: string) {
    this.#anchor = text;
  }

  /** What is wrong with the anchor, once the user has tried to send it. */
  readonly anchorError = $derived.by(() => {
    const { length } = displayPhrase(this.#anchor);
    if (length > maxPhraseLength) {
      const found = length.toLocaleString('en');
      return `The anchor has ${found} characters; at most ${maxPhraseLength.toLocaleString('en')} can be compared. Shorten it.`;
    }
    return this.#tried && length === 0 ? 'Type the phrase to compare with.' : null;
  });

  /** What is wrong with the class, once the user has tried to send it. */
  readonly contextError = $derived.by(() =>
    this.#tried && this.#parts.picker.symbol === '' ? 'Choose the class in which to compare.' : null,
  );

  /** Sends the query; false where something is missing. */
  submit(): boolean {
    this.#tried = true;
    if (this.anchorError !== null || this.contextError !== null) return false;
    const { picker, libraries, lookup, view, settings } = this.#parts;
    picker.close();
    view.reset();
    void lookup.run({
      anchor: this.#anchor,
      context: picker.symbol,
      libraryIds: libraries.ids,
      limit: settings.limit,
    });
    void picker.resolve();
    this.#tried = false;
    return true;
  }

  /** Fills in a query and sends it. */
  ask(anchor: string, context: string): void {
    this.#anchor = anchor;
    void this.#parts.picker.choose(context);
    this.submit();
  }

  /** Asks a past query again, with its libraries. */
  repeat(entry: HistoryEntry): void {
    this.#parts.libraries.choose(entry.libraryIds);
    this.ask(entry.anchor, entry.context);
  }
}
