import { describe, expect, it } from 'vitest';
import type { CpcLevel } from '../../src-main/cpc/symbol.ts';
import { titlePhrase } from '../../src-main/cpc/title-phrase.ts';

describe('titlePhrase', () => {
  const table: [CpcLevel, string, string][] = [
    ['section', 'HUMAN NECESSITIES', 'Human necessities'],
    ['class', 'AGRICULTURE; FORESTRY; ANIMAL HUSBANDRY', 'Agriculture; Forestry; Animal husbandry'],
    ['class', 'OPENING, CLOSING {OR CLEANING} BOTTLES, JARS', 'Opening, closing or cleaning bottles, jars'],
    [
      'class',
      'INFORMATION AND COMMUNICATION TECHNOLOGY [ICT] SPECIALLY',
      'Information and communication technology [ICT] specially',
    ],
    ['class', 'INDEXING SCHEMES OF CLASSES F01-F04', 'Indexing schemes of classes F01-F04'],
    ['class', 'SUBLASSES OF SECTION D, RELATING TO TEXTILES', 'Sublasses of section D, relating to textiles'],
    [
      'subclass',
      'FERTILISERS NOT COVERED BY SUBCLASSES C05B, C05C',
      'Fertilisers not covered by subclasses C05B, C05C',
    ],
    ['subclass', 'GAMMA RAY OR X-RAY MICROSCOPES', 'Gamma ray or X-ray microscopes'],
    ['subclass', 'BRUSHES, e.g. STARTING AIDS', 'Brushes, e.g. starting aids'],
    ['subclass', 'CONVERSION BETWEEN AC AND DC', 'Conversion between AC and DC'],
    [
      'subclass',
      'Use of inorganic substances as compounding ingredients ',
      'Use of inorganic substances as compounding ingredients',
    ],
    ['subclass', 'FODDER', 'Fodder'],
    [
      'subclass',
      'SUPPLYING AIR IN GENERAL  ({air-supply F23C;} firebridges F23M3/04); INDUCING DRAUGHT {(dampers F24)}; TOPS',
      'Supplying air in general; Inducing draught; Tops',
    ],
    ['group', 'Hand tools (edge trimmers for lawns A01G3/06  {; machines for soil A01B35/00})', 'Hand tools'],
    [
      'subgroup',
      '{Collapsible; extensible; combinations with other tools}',
      'Collapsible; extensible; combinations with other tools',
    ],
    ['subgroup', 'Tractor-drawn ploughs (A01B3/04 takes precedence)', 'Tractor-drawn ploughs'],
    ['subgroup', 'Transistors {(H03D1/22, H03D1/28 take precedence)}', 'Transistors'],
    ['subgroup', 'Printed circuit boards (PCB)', 'Printed circuit boards (PCB)'],
    ['subgroup', 'Brackets (nested (PCB) kept) here', 'Brackets (nested (PCB) kept) here'],
    ['subgroup', 'Brackets (nested (see H05K) lost) here', 'Brackets here'],
    ['subgroup', 'Housings (lifting in general B66); Lids', 'Housings; Lids'],
    ['subgroup', 'Regulation (in general F01 - F04), e.g. valves', 'Regulation, e.g. valves'],
    ['subgroup', 'Brakes (vehicle aspects, see the relevant subclass)', 'Brakes'],
    ['subgroup', 'Thromboxane synthase (5.3.99.5)', 'Thromboxane synthase (5.3.99.5)'],
    ['subgroup', 'Fatty acids (C15)', 'Fatty acids (C15)'],
    ['subgroup', 'Ferrites (Y23+O3)', 'Ferrites (Y23+O3)'],
    [
      'subgroup',
      'groups O-R (X being O,S,NR; R being hydrocarbonyl)',
      'groups O-R (X being O,S,NR; R being hydrocarbonyl)',
    ],
    [
      'subgroup',
      'having [IMAGE cpc-sch-C07C-0958.gif] groups, [IMAGE cpc-1.gif] rings',
      'having groups, rings',
    ],
    [
      'subgroup',
      'parts (joints F16L ){, e.g. seals (E03D9/14), flushing pipes}',
      'parts, e.g. seals, flushing pipes',
    ],
    ['subgroup', 'input signal}(gated amplifiers H03F3/72)', 'input signal'],
    ['subgroup', 'Never closed (edge trimmers A01G3/06', 'Never closed'],
    ['subgroup', 'Never closed (PCB', 'Never closed PCB'],
    ['subgroup', 'Never opened) here', 'Never opened here'],
    ['subgroup', '(1,4)-glucan synthase', '(1,4)-glucan synthase'],
    ['subgroup', '(see A01B1/00)', '(see A01B1/00)'],
    ['subgroup', '', ''],
  ];
  it.each(table)('%s: %s', (level, title, phrase) => {
    expect(titlePhrase(title, level)).toBe(phrase);
  });

  it('changes nothing when it is applied to its own result', () => {
    for (const [level, , phrase] of table) expect(titlePhrase(phrase, level)).toBe(phrase);
  });
});
