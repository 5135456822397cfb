import { createRawSnippet } from 'svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import Menu from '../../../src-renderer/components/Menu.svelte';
import { mounted } from '../support/mounted.ts';
import type { Mounted } from '../support/mounted.ts';
import { settle } from '../support/with-effect.svelte.ts';

const items = [
  { id: 'all', label: 'All libraries', checked: true },
  { id: '1', label: 'CPC titles', checked: false },
  { id: '2', label: 'Claim terms', checked: false },
];

describe('Menu', () => {
  let page: Mounted;
  const onpick = vi.fn();
  const children = createRawSnippet(() => ({ render: () => '<span>Libraries</span>' }));
  const opener = () => page.target.querySelector<HTMLElement>('[aria-haspopup=menu]')!;
  const menu = () => page.target.querySelector('[role=menu]');

  async function open(several: boolean): Promise<void> {
    onpick.mockClear();
    page = mounted(Menu, { heading: 'Search in', items, several, onpick, children });
    page.press(opener(), 'ArrowDown');
    await settle();
  }
  afterEach(() => page.end());

  it('walks its lines by arrows and first letters, round the ends', async () => {
    await open(true);
    const visited = ['ArrowUp', 'ArrowDown', 'c', 'c', 'End', 'Home'].map((key) => {
      page.press(document.activeElement!, key);
      return document.activeElement!.textContent!.trim();
    });
    expect(visited.slice(0, 3)).toEqual(['Claim terms', 'All libraries', 'CPC titles']);
    expect(visited.slice(4)).toEqual(['Claim terms', 'All libraries']);
  });

  it('stays open for several choices and says which are on', async () => {
    await open(true);
    page.press(document.activeElement!, 'ArrowDown');
    page.press(document.activeElement!, 'Enter');
    expect(onpick.mock.calls).toEqual([['1']]);
    expect(menu()).not.toBeNull();
    const on = [...page.target.querySelectorAll('[role=menuitemcheckbox]')].map((line) =>
      line.getAttribute('aria-checked'),
    );
    expect(on).toEqual(['true', 'false', 'false']);
  });

  it('closes after one choice and on Escape, and gives the keyboard back', async () => {
    await open(false);
    page.press(document.activeElement!, ' ');
    expect([onpick.mock.calls, menu(), document.activeElement]).toEqual([[['all']], null, opener()]);
    page.press(opener(), 'ArrowUp');
    await settle();
    expect(document.activeElement!.textContent).toContain('Claim terms');
    page.press(document.activeElement!, 'Escape');
    expect([menu(), document.activeElement]).toEqual([null, opener()]);
  });
});
