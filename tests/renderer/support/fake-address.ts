import type { Address } from '../../../src-renderer/state/navigation.svelte.ts';

/** An address that no browser shows; `visit` is a user who goes somewhere by the address bar or its arrows. */
export interface FakeAddress extends Address {
  visit(hash: string): void;
}

/** Makes an address. */
export function fakeAddress(hash = ''): FakeAddress {
  const listeners = new Set<() => void>();
  return {
    hash,
    addEventListener: (_, listener) => void listeners.add(listener),
    removeEventListener: (_, listener) => void listeners.delete(listener),
    visit(hash) {
      this.hash = hash;
      for (const listener of listeners) listener();
    },
  };
}
