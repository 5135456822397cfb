import { int, ints, type AttributeRecord } from '../../graph/attribute.ts';
import type { GraphBuilder } from '../../graph/builder.ts';
import { failAt } from '../../graph/fail.ts';
import type { Node } from '../../graph/node.ts';
import { concatenate, sumOver, transpose } from '../../graph/operators.ts';
import { convolutionSettings, type ConvolutionSettings } from '../../graph/shape-inference/convolution.ts';
import type { Value } from '../../graph/value.ts';
import { rankOf, x, type GradientEntry, type GradientRule } from '../rule.ts';

/**
 * y[b, m, l] = sum over c, k of x[b, c, l stride + k dilation - pad] w[m, c, k] + bias[m]
 *
 * - dx is the transposed convolution of dy with w.
 * - dw[m, c, k] = sum over b, l of x[b, c, l stride + k dilation - pad] dy[b, m, l]: again a convolution, of x with dy, with batch
 *   and channels swapped and stride and dilation swapped.
 * - dbias is dy, summed over all but the channels.
 */
const convolution: GradientRule = (g, dy, node) => {
  const [value, kernel] = [x(node, 0), x(node, 1)];
  const axes = rankOf(node, value) - 2;
  const settings = convolutionSettings(node, axes);
  const gradients = [
    inputGradient(g, dy, node, settings),
    kernelGradient(g, dy, value, kernel, settings, axes),
  ];
  const spatial = Array.from({ length: axes }, (_, axis) => axis + 2);
  return node.inputs[2] ? [...gradients, sumOver(g, dy, [0, ...spatial])] : gradients;
};

function attributesOf({ strides, dilations, pads, group }: ConvolutionSettings): AttributeRecord {
  return { strides: ints(strides), dilations: ints(dilations), pads: ints(pads), group: int(group) };
}

function inputGradient(g: GraphBuilder, dy: Value, node: Node, settings: ConvolutionSettings): Value {
  const { strides, dilations, pads } = settings;
  const [data, kernel] = [x(node, 0), x(node, 1)];
  // With strides, the last elements may lie beyond the last window: the transposed convolution must be told of them.
  const missing = strides.map((stride, axis) => {
    if (stride === 1) return 0;
    const [size, width, steps] = [data, kernel, dy].map((each) => each.shape?.[axis + 2]);
    if (typeof size !== 'number' || typeof width !== 'number' || typeof steps !== 'number') {
      return failAt(node, 'a convolution with strides needs known sizes to be differentiated.');
    }
    const padding = (pads[axis] ?? 0) + (pads[axis + strides.length] ?? 0);
    return size - (stride * (steps - 1) + (dilations[axis] ?? 1) * (width - 1) + 1 - padding);
  });
  const padding = missing.some((each) => each > 0) ? { output_padding: ints(missing) } : {};
  return g.op('ConvTranspose', [dy, kernel], { ...attributesOf(settings), ...padding });
}

function kernelGradient(
  g: GraphBuilder,
  dy: Value,
  data: Value,
  kernel: Value,
  settings: ConvolutionSettings,
  axes: number,
): Value {
  const { strides, dilations, pads, group } = settings;
  const swapped = [1, 0, ...Array.from({ length: axes }, (_, axis) => axis + 2)];
  const attributes = attributesOf({ strides: dilations, dilations: strides, pads, group: 1 });
  const parts = channelGroups(g, data, group).map((part, at) => {
    const dyPart = channelGroups(g, dy, group)[at] as Value;
    return g.op('Conv', [transpose(g, part, swapped), transpose(g, dyPart, swapped)], attributes); // [c, m, k or more]
  });
  const whole = transpose(g, concatenate(g, parts, 1), swapped); // [m, c, k or more]
  if (strides.every((stride) => stride === 1)) return whole;
  const spatial = Array.from({ length: axes }, (_, axis) => axis + 2);
  const widths = spatial.map((axis) => Number(kernel.shape?.[axis]));
  return g.op('Slice', [whole, g.ints(spatial.map(() => 0)), g.ints(widths), g.ints(spatial)]);
}

/** A tensor [batch, channels, ...] cut into groups of channels. */
function channelGroups(g: GraphBuilder, value: Value, group: number): readonly Value[] {
  if (group === 1) return [value];
  const outputs = Array.from({ length: group }, () => null);
  const attributes = new Map([
    ['axis', int(1)],
    ['num_outputs', int(group)],
  ]);
  return g.node('Split', [value], attributes, { outputs }).outputs;
}

/** Gradients of convolutions. */
export const convolutionRules: Readonly<Record<string, GradientEntry>> = {
  Conv: convolution,
};
