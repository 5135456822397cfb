import type { CpcEntry } from '../../../src-main/contract/calls.ts';

const levels: Readonly<Record<number, CpcEntry['level']>> = { 1: 'section', 3: 'class', 4: 'subclass' };

// symbol, title; a child follows its parent in the list, as in the official files.
const titles: readonly (readonly [string, string])[] = [
  ['A', 'Human necessities'],
  ['A01', 'Agriculture; forestry; animal husbandry; hunting; trapping; fishing'],
  ['A21', 'Baking; edible doughs'],
  ['A23', 'Foods or foodstuffs; treatment thereof, not covered by other classes'],
  ['A41', 'Wearing apparel'],
  ['A45', 'Hand or travelling articles'],
  [
    'A47',
    'Furniture; domestic articles or appliances; coffee mills; spice mills; suction cleaners in general',
  ],
  ['A47B', 'Tables; desks; office furniture; cabinets; drawers; general details of furniture'],
  ['A47B1/00', 'Extensible tables'],
  ['A47B1/02', 'with insertable leaves {arranged in the centre} and fixed frames'],
  ['A47B1/03', 'the leaves being foldable or revolvable'],
  ['A47B3/00', 'Folding or stowable tables'],
  ['A47C', 'Chairs; sofas; beds'],
  ['A47J', 'Kitchen equipment; coffee mills; spice mills; apparatus for making beverages'],
  ['A47L', 'Domestic washing or cleaning; suction cleaners in general'],
  ['A61', 'Medical or veterinary science; hygiene'],
  ['A62', 'Life-saving; fire-fighting'],
  ['B', 'Performing operations; transporting'],
  ['B01', 'Physical or chemical processes or apparatus in general'],
  ['B01D', 'Separation'],
  ['B60', 'Vehicles in general'],
  ['B60H', 'Arrangements of heating, cooling, ventilating or other air-treating devices for vehicles'],
  ['B60H3/00', 'Other air-treating devices'],
  ['B60H3/0085', '{Smell or pollution preventing arrangements (B60H3/0007 takes precedence)}'],
  ['B05', 'Spraying or atomising in general; applying fluent materials to surfaces, in general'],
  ['B63', 'Ships or other waterborne vessels; related equipment'],
  ['C', 'Chemistry; metallurgy'],
  ['C02', 'Treatment of water, waste water, sewage, or sludge'],
  ['C22', 'Metallurgy; ferrous or non-ferrous alloys; treatment of alloys or non-ferrous metals'],
  ['D', 'Textiles; paper'],
  ['D06', 'Treatment of textiles or the like; laundering; flexible materials not otherwise provided for'],
  ['E', 'Fixed constructions'],
  ['E04', 'Building'],
  ['F', 'Mechanical engineering; lighting; heating; weapons; blasting'],
  ['F01', 'Machines or engines in general; engine plants in general; steam engines'],
  ['F23', 'Combustion apparatus; combustion processes'],
  ['G', 'Physics'],
  ['G02', 'Optics'],
  ['G06', 'Computing; calculating or counting'],
  ['H', 'Electricity'],
  ['H01', 'Electric elements'],
  ['H04', 'Electric communication technique'],
  ['Y', 'General tagging of new technological developments'],
  ['Y02', 'Technologies or applications for mitigation or adaptation against climate change'],
];

const groupParents: Readonly<Record<string, string>> = {
  'B60H3/0085': 'B60H3/00',
  'A47B1/02': 'A47B1/00',
  'A47B1/03': 'A47B1/02',
};

/** The symbol above, null for a section. */
export function parentOf(symbol: string): string | null {
  if (symbol.includes('/')) return groupParents[symbol] ?? symbol.slice(0, 4);
  if (symbol.length === 4) return symbol.slice(0, 3);
  return symbol.length === 3 ? symbol.slice(0, 1) : null;
}

/** A small but true part of the scheme. */
export const cpcEntries: readonly CpcEntry[] = titles.map(([symbol, title]) => ({
  symbol,
  level: levels[symbol.length] ?? (symbol.endsWith('/00') ? 'group' : 'subgroup'),
  title,
  phrase: title.replace(/ *\([^)]*\)/g, '').replace(/[{}]/g, ''),
  hasChildren: titles.some(([other]) => parentOf(other) === symbol),
}));

/** The entries from the section down to the symbol; empty where it is unknown. */
export function pathTo(symbol: string): readonly CpcEntry[] {
  const entry = cpcEntries.find((known) => known.symbol === symbol);
  if (entry === undefined) return [];
  const parent = parentOf(symbol);
  return parent === null ? [entry] : [...pathTo(parent), entry];
}
