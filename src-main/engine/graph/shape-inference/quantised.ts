import { elementTypeOf } from '../element-type.ts';
import { failAt } from '../fail.ts';
import { intAttribute } from '../node.ts';
import { printShape } from '../shape.ts';
import { inputAt, optionalInput, requireSameType, requireType, type ShapeRule } from './rule.ts';

// The result has the type of the zero point; without one, what output_dtype says.
const quantizeLinear: ShapeRule = (node) => {
  const x = inputAt(node, 0);
  requireType(node, x, ['float32', 'float16']);
  const stated = elementTypeOf(intAttribute(node, 'output_dtype', 0));
  return [{ type: optionalInput(node, 2)?.type ?? stated ?? 'uint8', shape: x.shape }];
};

// Whole numbers times whole numbers, scaled to floats: [..., inner] and [inner, columns] to [..., columns].
const matMulIntegerToFloat: ShapeRule = (node) => {
  const [a, b, scaleA, scaleB] = [inputAt(node, 0), inputAt(node, 1), inputAt(node, 2), inputAt(node, 3)];
  requireType(node, a, ['uint8', 'int8']);
  requireType(node, b, ['uint8', 'int8']);
  const type = requireSameType(node, [scaleA, scaleB]);
  if (a.shape === null || b.shape === null) return [{ type, shape: null }];
  const [inner, columns] = b.shape;
  const left = a.shape.at(-1);
  const mismatch = typeof left === 'number' && typeof inner === 'number' && left !== inner;
  if (b.shape.length !== 2 || columns === undefined || left === undefined || mismatch) {
    failAt(node, `matrices of shapes ${printShape(a.shape)} and ${printShape(b.shape)} can't be multiplied.`);
  }
  return [{ type, shape: [...a.shape.slice(0, -1), columns] }];
};

/** Arithmetic with whole numbers in place of floats. */
export const quantisedShapes: Readonly<Record<string, ShapeRule>> = {
  QuantizeLinear: quantizeLinear,
  'com.microsoft.MatMulIntegerToFloat': matMulIntegerToFloat,
};
