import { describe, expect, it } from 'vitest';
import { classOf, compareSymbols, parentOfHead, parseSymbol } from '../../src-main/cpc/symbol.ts';

describe('parseSymbol', () => {
  it.each([
    ['A', 'A', 'section'],
    ['y', 'Y', 'section'],
    ['a47', 'A47', 'class'],
    [' A 47 ', 'A47', 'class'],
    ['A47B', 'A47B', 'subclass'],
    ['A47B 1/00', 'A47B1/00', 'group'],
    ['a47b1/00', 'A47B1/00', 'group'],
    ['A47B1', 'A47B1/00', 'group'],
    ['A47B1/02', 'A47B1/02', 'subgroup'],
    ['A47B 0001/02', 'A47B1/02', 'subgroup'],
    ['A47B1:02', 'A47B1/02', 'subgroup'],
    ['A47B-1/02', 'A47B1/02', 'subgroup'],
    ['CPC: A47B1/02', 'A47B1/02', 'subgroup'],
    ['Ａ４７Ｂ１／０２', 'A47B1/02', 'subgroup'],
    ['"A47B1/02".', 'A47B1/02', 'subgroup'],
    ['F16H2048/02', 'F16H2048/02', 'subgroup'],
    ['G05B2219/31064', 'G05B2219/31064', 'subgroup'],
  ])('reads %j as %s', (input, symbol, level) => {
    expect(parseSymbol(input)).toEqual({ symbol, level });
  });

  it.each([
    '',
    ' ',
    'I',
    'A4',
    'A4X',
    'A477',
    'A47BB',
    'A47B1/',
    'A47B1/0',
    'A47B/00',
    '47',
    'furniture',
    'A47B1/02x',
    'A'.repeat(1000),
  ])('takes %j for no symbol', (input) => {
    expect(parseSymbol(input)).toBeNull();
  });
});

it('names the class of every symbol below a section', () => {
  const classes = ['A', 'A47', 'A47B', 'A47B1/00', 'A47B1/03'].map((symbol) => classOf(parseSymbol(symbol)!));
  expect(classes).toEqual([null, 'A47', 'A47', 'A47', 'A47']);
});

it('names the head above every symbol', () => {
  const parents = ['A', 'A47', 'A47B', 'A47B1/00'].map((symbol) => parentOfHead(parseSymbol(symbol)!));
  expect(parents).toEqual([null, 'A', 'A47', 'A47B']);
});

it('orders symbols as the scheme does: groups by value, subgroups as decimals', () => {
  const order = [
    'A',
    'A01',
    'A01B',
    'A01B1/00',
    'A01B1/02',
    'A01B1/022',
    'A01B1/024',
    'A01B1/03',
    'A01B3/00',
    'A01B15/00',
    'A01B2001/00',
    'A01C',
    'B',
  ];
  expect(order.toReversed().sort(compareSymbols)).toEqual(order);
});
