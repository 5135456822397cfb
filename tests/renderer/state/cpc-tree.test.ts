import { describe, expect } from 'vitest';
import { AppError } from '../../../src-main/contract/app-error.ts';
import { CpcTree } from '../../../src-renderer/state/cpc-tree.svelte.ts';
import { fakeApi } from '../support/fake-api.ts';
import { testWithEffect } from '../support/with-effect.svelte.ts';

const symbols = (tree: CpcTree) => tree.rows.map((row) => row.entry.symbol);
const reads = (api: ReturnType<typeof fakeApi>) =>
  api.calls.filter((call) => call.name === 'cpc.children').length;

describe('CpcTree', () => {
  testWithEffect('reads a branch when it is opened, and once', async () => {
    const api = fakeApi();
    const tree = new CpcTree(api);
    await tree.reveal(null);
    expect(symbols(tree).join('')).toBe('ABCDEFGHY');
    expect(reads(api)).toBe(1);
    await tree.expand('A');
    tree.collapse('A');
    await tree.expand('A');
    expect(reads(api)).toBe(2);
    expect(symbols(tree).slice(0, 3)).toEqual(['A', 'A01', 'A21']);
  });

  testWithEffect('opens every branch above a symbol and goes to it', async () => {
    const tree = new CpcTree(fakeApi());
    await tree.reveal('A47B1/02');
    expect(tree.active).toMatchObject({
      entry: { symbol: 'A47B1/02' },
      parent: 'A47B1/00',
      depth: 5,
      place: 1,
      siblings: 1,
    });
  });

  testWithEffect('steps in and out as the arrow keys of a tree do', async () => {
    const tree = new CpcTree(fakeApi());
    await tree.reveal(null);
    await tree.stepIn();
    expect(tree.active).toMatchObject({ entry: { symbol: 'A' }, expanded: true });
    await tree.stepIn();
    expect(tree.active?.entry.symbol).toBe('A01');
    tree.stepOut();
    expect(tree.active?.entry.symbol).toBe('A');
    tree.stepOut();
    expect(tree.active?.expanded).toBe(false);
  });

  testWithEffect('goes up to the branch that is closed over the active line', async () => {
    const tree = new CpcTree(fakeApi());
    await tree.reveal('A47B1/02');
    tree.collapse('A47');
    expect(tree.active?.entry.symbol).toBe('A47');
  });

  testWithEffect('finds by the start of a symbol or a title, round the end', async () => {
    const tree = new CpcTree(fakeApi());
    await tree.reveal(null);
    tree.find('phy');
    expect(tree.active?.entry.symbol).toBe('G');
    tree.find('a');
    expect(tree.active?.entry.symbol).toBe('A');
  });

  testWithEffect('reads a branch again after a failure', async () => {
    const api = fakeApi();
    const sections = await api.call('cpc.children', { symbol: null });
    let broken = true;
    api.answer('cpc.children', () => {
      if (broken) throw new AppError('internal', 'no');
      return sections;
    });
    const tree = new CpcTree(api);
    await tree.reveal(null);
    expect(tree.roots.status).toBe('failed');
    broken = false;
    await tree.reveal(null);
    expect(tree.rows.length).toBe(sections.length);
  });
});
