import type { Dimension } from '../dimension.ts';
import { failAt } from '../fail.ts';
import { intAttribute, intsAttribute, stringAttribute } from '../node.ts';
import { inputAt, requireSameType, type NodeRequest, type ShapeRule } from './rule.ts';

/** Strides, dilations and padding of a convolution, one entry a spatial axis (pads: all begins, then all ends). */
export interface ConvolutionSettings {
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  readonly pads: readonly number[];
  readonly group: number;
}

/** A convolution's settings with their defaults filled in. */
export function convolutionSettings(
  node: Pick<NodeRequest, 'op' | 'domain' | 'name' | 'attributes'>,
  axes: number,
): ConvolutionSettings {
  const auto = stringAttribute(node, 'auto_pad', 'NOTSET');
  if (auto !== 'NOTSET') failAt(node, `auto_pad ${auto} is not supported; expected explicit pads.`);
  const repeat = (value: number, count: number): readonly number[] => new Array<number>(count).fill(value);
  return {
    strides: intsAttribute(node, 'strides') ?? repeat(1, axes),
    dilations: intsAttribute(node, 'dilations') ?? repeat(1, axes),
    pads: intsAttribute(node, 'pads') ?? repeat(0, 2 * axes),
    group: intAttribute(node, 'group', 1),
  };
}

const convolution: ShapeRule = (node, fresh) => {
  const [x, w] = [inputAt(node, 0), inputAt(node, 1)];
  const type = requireSameType(node, [x, w]);
  if (x.shape === null || w.shape === null) return [{ type, shape: null }];
  const axes = spatialAxes(node, x.shape.length, w.shape.length);
  const { strides, dilations, pads } = convolutionSettings(node, axes);
  const shape = [x.shape[0] as Dimension, w.shape[0] as Dimension];
  for (let axis = 0; axis < axes; axis++) {
    const [size, kernel] = [x.shape[axis + 2], w.shape[axis + 2]];
    const [stride, dilation] = [strides[axis] ?? 1, dilations[axis] ?? 1];
    const padding = (pads[axis] ?? 0) + (pads[axis + axes] ?? 0);
    if (stride < 1) failAt(node, `a stride of ${stride} does not move forward.`);
    if (typeof kernel !== 'number') {
      shape.push(fresh());
      continue;
    }
    const lost = dilation * (kernel - 1) + 1 - padding;
    // An axis keeps its size, whatever it is, when padding makes up for the kernel.
    if (typeof size === 'number') shape.push(Math.floor((size - lost) / stride) + 1);
    else shape.push(lost === 1 && stride === 1 ? (size as Dimension) : fresh());
  }
  return [{ type, shape }];
};

const convolutionTranspose: ShapeRule = (node, fresh) => {
  const [x, w] = [inputAt(node, 0), inputAt(node, 1)];
  const type = requireSameType(node, [x, w]);
  if (x.shape === null || w.shape === null) return [{ type, shape: null }];
  const axes = spatialAxes(node, x.shape.length, w.shape.length);
  const { strides, dilations, pads, group } = convolutionSettings(node, axes);
  const extra = intsAttribute(node, 'output_padding') ?? [];
  const perGroup = w.shape[1];
  const channels = typeof perGroup === 'number' ? perGroup * group : fresh();
  const shape: Dimension[] = [x.shape[0] as Dimension, channels];
  for (let axis = 0; axis < axes; axis++) {
    const [size, kernel] = [x.shape[axis + 2], w.shape[axis + 2]];
    const [stride, dilation] = [strides[axis] ?? 1, dilations[axis] ?? 1];
    const padding = (pads[axis] ?? 0) + (pads[axis + axes] ?? 0);
    if (typeof kernel !== 'number') {
      shape.push(fresh());
      continue;
    }
    const gained = dilation * (kernel - 1) + 1 - padding + (extra[axis] ?? 0);
    if (typeof size === 'number') shape.push(stride * (size - 1) + gained);
    else shape.push(stride === 1 && gained === 1 ? (size as Dimension) : fresh());
  }
  return [{ type, shape }];
};

function spatialAxes(node: NodeRequest, x: number, w: number): number {
  if (x < 3 || x !== w)
    failAt(node, `expected input and kernel of 3 axes or more, as many each; found ${x} and ${w}.`);
  return x - 2;
}

/** Convolutions. */
export const convolutionShapes: Readonly<Record<string, ShapeRule>> = {
  Conv: convolution,
  ConvTranspose: convolutionTranspose,
};
