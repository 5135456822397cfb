import { describe, expect, it } from 'vitest';
import { run } from './support.ts';

describe('rank --query', () => {
  it('prints the query of the results, in the order of their scores and in the class', async () => {
    const { code, stdout, stderr } = await run(['rank', 'a', 'A47', '--limit', '2', '--query', 'orbit']);
    expect([code, stderr, stdout]).toEqual([
      0,
      '',
      '((pollution W abatement+) OR (water W pollution+))/TI/AB AND (A47+)/CPC\n',
    ]);
  });

  it('keeps to what is said of fields, proximity, truncation and class, and tells notices', async () => {
    const words = [
      '--fields',
      'title,claims',
      '--proximity',
      '4',
      '--no-truncation',
      '--no-class',
      '--limit',
      '1',
    ];
    const { stdout } = await run(['rank', 'a', 'A47', '--query', 'lens', ...words]);
    expect(stdout).toBe('(title:"pollution abatement"~4 OR claim:"pollution abatement"~4)\n');
    const { stderr } = await run(['rank', 'a', 'A47', '--query', 'lens']);
    expect(stderr).toMatch(/only single words are truncated/);
  });

  it('is in the JSON document, and only where it is asked for', async () => {
    const { stdout } = await run(['rank', 'a', 'A47', '--limit', '1', '--query', 'espacenet', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      results: [{ phrase: 'pollution abatement' }],
      query: { system: 'espacenet', text: 'ta="pollution abatement*" AND cpc=A47', notices: [] },
    });
    expect(JSON.parse((await run(['rank', 'a', 'A47', '--json'])).stdout)).not.toHaveProperty('query');
  });

  it.each([
    [['--query', 'bing'], /found "bing", expected one of espacenet/],
    [['--query', 'orbit', '--fields', 'title,colour'], /found "colour", expected some of title/],
    [['--query', 'orbit', '--proximity', '0'], /proximity/],
    [['--proximity', '3'], /--proximity says how a query is made; pass --query/],
  ])('refuses %j', async (words, message) => {
    const { code, stderr, state } = await run(['rank', 'a', 'A47', ...words]);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
    expect(state.opened).toBe(0);
  });
});
