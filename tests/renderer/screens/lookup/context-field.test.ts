import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import ContextField from '../../../../src-renderer/screens/lookup/ContextField.svelte';
import { createAppState } from '../../../../src-renderer/state/app-state.ts';
import { Connection } from '../../../../src-renderer/state/connection.svelte.ts';
import { fakeApi } from '../../support/fake-api.ts';
import { mounted } from '../../support/mounted.ts';
import type { Mounted } from '../../support/mounted.ts';
import { settle } from '../../support/with-effect.svelte.ts';

describe('the class field', () => {
  const app = () => createAppState(fakeApi(), new Connection());
  let state: ReturnType<typeof app>;
  let page: Mounted;
  let input: HTMLInputElement;
  const onsubmit = vi.fn();
  const options = () => [...page.target.querySelectorAll('[role=option]')];
  const activeText = () =>
    document.getElementById(input.getAttribute('aria-activedescendant') ?? '')?.textContent;

  beforeEach(() => {
    vi.useFakeTimers();
    state = app();
    page = mounted(ContextField, { app: state, onsubmit });
    input = page.target.querySelector('input')!;
    onsubmit.mockClear();
  });
  afterEach(async () => {
    vi.useRealTimers();
    await page.end();
  });

  async function search(text: string): Promise<void> {
    page.type(input, text);
    await vi.advanceTimersByTimeAsync(200);
    await settle();
  }

  it('is a combobox that names its active option', async () => {
    expect(input.getAttribute('role')).toBe('combobox');
    expect(input.getAttribute('aria-expanded')).toBe('false');
    await search('furniture');
    expect(input.getAttribute('aria-expanded')).toBe('true');
    expect(activeText()).toContain('A47');
    page.press(input, 'ArrowDown');
    expect(options()[1]!.getAttribute('aria-selected')).toBe('true');
    expect(activeText()).toBe(options()[1]!.textContent);
  });

  it('takes the active title on Enter and does not send the query yet', async () => {
    state.form.anchor = 'table';
    await search('optics');
    const free = page.press(input, 'Enter');
    await settle();
    expect([free, input.value, options().length]).toEqual([false, 'G02', 0]);
    expect(onsubmit).not.toHaveBeenCalled();
  });

  it('takes a fully typed symbol on Enter and sends the query in one go', async () => {
    state.form.anchor = 'table';
    await search('a47');
    page.press(input, 'Enter');
    expect(onsubmit).toHaveBeenCalledOnce();
  });

  it('leaves Enter to the form when nothing is open', () => {
    expect(page.press(input, 'Enter')).toBe(true);
  });

  it('closes the list on Escape and opens it again on the arrow key', async () => {
    await search('A47');
    page.press(input, 'Escape');
    expect(options()).toEqual([]);
    page.press(input, 'ArrowDown');
    await vi.advanceTimersByTimeAsync(200);
    await settle();
    expect(options().length).toBeGreaterThan(1);
  });

  it('says that nothing was found', async () => {
    await search('zzzz');
    expect(page.target.querySelector('[role=status]')!.textContent).toContain(
      'No symbol or title has “zzzz”',
    );
  });

  it('walks the tree by keyboard and takes a class from it', async () => {
    page.press(input, 'ArrowDown', { altKey: true });
    await settle();
    const tree = page.target.querySelector('[role=tree]')!;
    expect(document.activeElement).toBe(tree);
    page.press(tree, 'h');
    page.press(tree, 'ArrowRight');
    await settle();
    page.press(tree, 'ArrowRight');
    const active = document.getElementById(tree.getAttribute('aria-activedescendant')!)!;
    expect([
      active.getAttribute('aria-level'),
      active.getAttribute('aria-posinset'),
      active.getAttribute('aria-setsize'),
    ]).toEqual(['2', '1', '2']);
    page.press(tree, 'Enter');
    await settle();
    expect(input.value).toBe('H01');
    expect(page.target.querySelector('[role=tree]')).toBeNull();
    expect(document.activeElement).toBe(input);
  });

  it('only opens a section, which is no context', async () => {
    page.press(input, 'ArrowDown', { altKey: true });
    await settle();
    const tree = page.target.querySelector('[role=tree]')!;
    page.press(tree, 'Enter');
    await settle();
    expect(tree.querySelector('[role=treeitem]')!.getAttribute('aria-expanded')).toBe('true');
    expect(input.value).toBe('');
  });

  it('closes the tree on Escape and gives the keyboard back', async () => {
    page.press(input, 'ArrowDown', { altKey: true });
    await settle();
    page.press(page.target.querySelector('[role=tree]')!, 'Escape');
    expect(page.target.querySelector('[role=tree]')).toBeNull();
    expect(document.activeElement).toBe(input);
  });
});
