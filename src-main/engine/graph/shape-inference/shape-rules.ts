import { convolutionShapes } from './convolution.ts';
import { elementwiseShapes } from './elementwise.ts';
import { extentShapes } from './extent.ts';
import { gatherShapes } from './gather.ts';
import { matrixShapes } from './matrix.ts';
import { normalisationShapes } from './normalisation.ts';
import { quantisedShapes } from './quantised.ts';
import { reduceShapes } from './reduce.ts';
import { reshapeShapes } from './reshape.ts';
import type { ShapeRule } from './rule.ts';

/**
 * Every operator that a graph may hold, with the rule for its outputs; operators of another domain than the standard one are
 * keyed as `domain.Operator`.
 */
export const shapeRules: ReadonlyMap<string, ShapeRule> = new Map(
  [
    convolutionShapes,
    elementwiseShapes,
    extentShapes,
    gatherShapes,
    matrixShapes,
    normalisationShapes,
    quantisedShapes,
    reduceShapes,
    reshapeShapes,
  ].flatMap((table) => Object.entries(table)),
);

/** The key of an operator in tables of rules. */
export function operatorKey({ op, domain }: { readonly op: string; readonly domain: string }): string {
  return domain === '' ? op : `${domain}.${op}`;
}
