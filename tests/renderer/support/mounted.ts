import { flushSync, mount, unmount } from 'svelte';
import type { Component } from 'svelte';

/** A component on a page of its own. */
export interface Mounted {
  readonly target: HTMLElement;
  /** Sends a key to an element, as a user would; false where the page took it. */
  press(element: Element, key: string, more?: KeyboardEventInit): boolean;
  type(input: HTMLInputElement, text: string): void;
  end(): Promise<void>;
}

/** Mounts a component in the document. */
export function mounted<Props extends Record<string, unknown>>(
  component: Component<Props>,
  props: Props,
): Mounted {
  // jsdom lays nothing out and has no dialogs.
  Element.prototype.scrollIntoView ??= () => {};
  Element.prototype.scrollTo ??= () => {};
  Element.prototype.animate ??= () => ({ cancel() {}, finished: Promise.resolve() }) as unknown as Animation;
  HTMLDialogElement.prototype.showModal ??= function (this: HTMLDialogElement) {
    this.open = true;
  };
  HTMLDialogElement.prototype.close ??= function (this: HTMLDialogElement) {
    this.open = false;
    this.dispatchEvent(new Event('close'));
  };
  globalThis.ResizeObserver ??= class {
    observe(): void {}
    unobserve(): void {}
    disconnect(): void {}
  };
  globalThis.matchMedia ??= () => ({ matches: true }) as MediaQueryList;
  const target = document.createElement('div');
  document.body.append(target);
  const instance = mount(component, { target, props });
  flushSync();
  return {
    target,
    press(element, key, more = {}) {
      const free = element.dispatchEvent(
        new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }),
      );
      flushSync();
      return free;
    },
    type(input, text) {
      input.value = text;
      input.dispatchEvent(new Event('input', { bubbles: true }));
      flushSync();
    },
    async end() {
      await unmount(instance);
      target.remove();
    },
  };
}
