import { describe, expect, it } from 'vitest';
import { hashOf, Navigation, placeOf } from '../../../src-renderer/state/navigation.svelte.ts';
import { fakeAddress } from '../support/fake-address.ts';
import { testWithEffect } from '../support/with-effect.svelte.ts';

describe('placeOf', () => {
  it.each([
    ['', { screen: 'lookup', id: null }],
    ['#/import', { screen: 'import', id: null }],
    ['#/sheets/12', { screen: 'sheets', id: 12 }],
    ['#/sheets/x', { screen: 'lookup', id: null }],
    ['#/elsewhere/3', { screen: 'lookup', id: null }],
  ] as const)('reads %j', (hash, place) => {
    expect(placeOf(hash)).toEqual(place);
  });

  it('reads what hashOf writes', () => {
    expect(placeOf(hashOf('sheets', 7))).toEqual({ screen: 'sheets', id: 7 });
  });
});

describe('Navigation', () => {
  testWithEffect('stays where the address says after a reload, which is no move', () => {
    const navigation = new Navigation(fakeAddress('#/jobs'));
    expect([navigation.screen, navigation.moves, navigation.visited('lookup')]).toEqual(['jobs', 0, false]);
  });

  testWithEffect('writes the address and follows it back', () => {
    const address = fakeAddress();
    const navigation = new Navigation(address);
    const stop = navigation.follow();
    navigation.go('sheets', 4);
    expect([address.hash, navigation.screen, navigation.id, navigation.moves]).toEqual([
      '#/sheets/4',
      'sheets',
      4,
      1,
    ]);
    address.visit('#/import');
    expect([navigation.screen, navigation.id, navigation.moves]).toEqual(['import', null, 2]);
    stop();
    address.visit('#/jobs');
    expect(navigation.screen).toBe('import');
  });

  testWithEffect('remembers what a screen showed last', () => {
    const navigation = new Navigation(fakeAddress());
    navigation.go('sheets', 4);
    navigation.go('lookup');
    expect([navigation.lastId('sheets'), navigation.lastId('jobs')]).toEqual([4, null]);
    expect([navigation.visited('sheets'), navigation.visited('jobs')]).toEqual([true, false]);
  });
});
