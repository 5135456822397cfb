import { describe, expect, it } from 'vitest';
import { gradientRules } from '../../../src-main/engine/autodiff/gradient-rules.ts';
import { operatorKey, shapeRules } from '../../../src-main/engine/graph/shape-inference/shape-rules.ts';
import { GraphBuilder } from '../../../src-main/engine/graph/builder.ts';
import { elementwiseCases } from './cases/elementwise.ts';
import { gatherCases, scatterNdCases } from './cases/gather.ts';
import { convolutionCases, matrixCases, stridedConvolutionCases } from './cases/matrix.ts';
import { reduceCases } from './cases/reduce.ts';
import { shapeCases } from './cases/shape.ts';
import { checkGradient, type GradientCase } from './check-gradient.ts';

const groups: readonly (readonly [string, readonly GradientCase[]])[] = [
  ['elementwise and activation', elementwiseCases],
  ['matrix', matrixCases],
  ['convolution', convolutionCases],
  ['reduction and normalisation', reduceCases],
  ['shape', shapeCases],
  ['gather', gatherCases],
];

const knownSizesOnly = [...stridedConvolutionCases, ...scatterNdCases];

describe.each(['known sizes', 'unknown sizes'] as const)(
  'gradients against central differences, %s',
  (sizes) => {
    describe.each(groups)('%s', (_, cases) => {
      it.each(cases)('$name', async (row) => {
        await checkGradient(row, sizes);
      });
    });
  },
);

describe('gradients against central differences, where sizes must be known', () => {
  it.each(knownSizesOnly)('$name', async (row) => {
    await checkGradient(row, 'known sizes');
  });
});

describe('the table of gradient rules', () => {
  it('is checked row by row: every rule occurs in a case', () => {
    const checked = new Set(
      [...groups.flatMap(([, cases]) => cases), ...knownSizesOnly].flatMap(operatorsOf),
    );
    // FusedMatMul has no kernel for 64-bit floats; fused-matmul.test.ts compares it with MatMul.
    checked.add('com.microsoft.FusedMatMul');
    const unchecked = [...gradientRules]
      .filter(([op, rule]) => rule !== 'none' && !checked.has(op))
      .map(([op]) => op);
    expect(unchecked).toEqual([]);
  });

  it('names only operators whose shapes are known', () => {
    expect([...gradientRules.keys()].filter((op) => !shapeRules.has(op))).toEqual([]);
  });
});

function operatorsOf({ operands, build }: GradientCase): readonly string[] {
  const g = new GraphBuilder({ contrib: false });
  build(
    g,
    operands.map((operand, index) =>
      g.input(`${index}`, 'indices' in operand ? 'int64' : 'float64', operand.shape),
    ),
  );
  return g.nodes.map(operatorKey);
}
