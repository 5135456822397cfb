import { emptyMap, having } from './replaced-whole.ts';

/** The screens, in the order of the top bar. */
export const screens = ['lookup', 'import', 'sheets', 'jobs'] as const;

/** One of the screens. */
export type ScreenName = (typeof screens)[number];

/** Where the user is: a screen, and what it shows, such as the id of a sheet. */
export interface Place {
  readonly screen: ScreenName;
  readonly id: number | null;
}

/** The part of the browser that keeps the place: the hash of the address, `#/sheets/12`. */
export interface Address {
  /** With the `#`; empty where there is none. */
  hash: string;
  addEventListener(type: 'hashchange', listener: () => void): void;
  removeEventListener(type: 'hashchange', listener: () => void): void;
}

/** The address of the window. */
export function windowAddress(): Address {
  return {
    get hash() {
      return location.hash;
    },
    set hash(hash) {
      location.hash = hash;
    },
    addEventListener: (type, listener) => window.addEventListener(type, listener),
    removeEventListener: (type, listener) => window.removeEventListener(type, listener),
  };
}

/** The hash of a place. */
export function hashOf(screen: ScreenName, id: number | null = null): string {
  return id === null ? `#/${screen}` : `#/${screen}/${id}`;
}

/** The place of a hash; the lookup where it names none. */
export function placeOf(hash: string): Place {
  const [, name, id] = /^#\/([a-z]+)(?:\/(\d{1,15}))?$/.exec(hash) ?? [];
  const screen = screens.find((known) => known === name) ?? 'lookup';
  return { screen, id: screen === name && id !== undefined ? Number(id) : null };
}

/** Which screen shows. The address is the one truth, so that a reload and the browser's arrows keep the place. */
export class Navigation {
  readonly #address: Address;
  #place: Place = $state.raw({ screen: 'lookup', id: null });
  #lastIds: ReadonlyMap<ScreenName, number | null> = $state.raw(emptyMap());
  #moves = $state(0);

  constructor(address: Address = windowAddress()) {
    this.#address = address;
    this.#enter(placeOf(address.hash));
  }

  get screen(): ScreenName {
    return this.#place.screen;
  }

  /** What the screen shows, such as the id of a sheet; null: nothing chosen. */
  get id(): number | null {
    return this.#place.id;
  }

  /** How often the screen has changed since the window opened; a screen that follows a move takes the keyboard. */
  get moves(): number {
    return this.#moves;
  }

  /** Whether a screen was ever shown: from then on it is kept as the user left it. */
  visited(screen: ScreenName): boolean {
    return this.#lastIds.has(screen);
  }

  /** What a screen showed last, so that going back to it finds it as it was. */
  lastId(screen: ScreenName): number | null {
    return this.#lastIds.get(screen) ?? null;
  }

  go(screen: ScreenName, id: number | null = null): void {
    const hash = hashOf(screen, id);
    if (this.#address.hash !== hash) this.#address.hash = hash;
    this.#enter({ screen, id });
  }

  /** Follows the address; the result stops following. */
  follow(): () => void {
    const read = () => this.#enter(placeOf(this.#address.hash));
    read();
    this.#address.addEventListener('hashchange', read);
    return () => this.#address.removeEventListener('hashchange', read);
  }

  #enter(place: Place): void {
    const first = this.#lastIds.size === 0;
    if (!first && place.screen === this.#place.screen && place.id === this.#place.id) return;
    if (!first && place.screen !== this.#place.screen) this.#moves++;
    this.#place = place;
    this.#lastIds = having(this.#lastIds, place.screen, place.id);
  }
}
