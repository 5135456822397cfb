import { activationRules } from './rules/activation.ts';
import { convolutionRules } from './rules/convolution.ts';
import { elementwiseRules } from './rules/elementwise.ts';
import { gatherRules } from './rules/gather.ts';
import { matrixRules } from './rules/matrix.ts';
import { normalisationRules } from './rules/normalisation.ts';
import { reduceRules } from './rules/reduce.ts';
import type { GradientEntry } from './rule.ts';
import { shapeRules } from './rules/shape.ts';

/** Operators that stop gradients: listed, so that an operator that was forgotten is an error and not a silent zero. */
const withoutGradient = [
  'And',
  'ArgMax',
  'ArgMin',
  'Ceil',
  'ConstantOfShape',
  'Equal',
  'Floor',
  'Greater',
  'GreaterOrEqual',
  'IsInf',
  'IsNaN',
  'Less',
  'LessOrEqual',
  'NonZero',
  'Not',
  'Or',
  'Range',
  'Round',
  'Shape',
  'Sign',
  'Size',
  'Xor',
] as const;

/** How to differentiate each operator; other domains than the standard one are keyed as `domain.Operator`. */
export const gradientRules: ReadonlyMap<string, GradientEntry> = new Map<string, GradientEntry>([
  ...withoutGradient.map((op) => [op, 'none'] as const),
  ...[
    activationRules,
    convolutionRules,
    elementwiseRules,
    gatherRules,
    matrixRules,
    normalisationRules,
    reduceRules,
    shapeRules,
  ].flatMap((table) => Object.entries(table)),
]);
