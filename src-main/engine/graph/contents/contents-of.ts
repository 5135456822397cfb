import type { Dimension } from '../dimension.ts';
import { isFloat, type ElementType } from '../element-type.ts';
import { elementCount, isStatic } from '../shape.ts';
import { optionalInput, type NodeRequest, type OutputFacts } from '../shape-inference/rule.ts';
import { numbersOf, type Tensor } from '../tensor.ts';
import type { Contents } from '../value.ts';
import { knownBinary, knownUnary } from './elementwise.ts';
import { knownMoves } from './moves.ts';
import { roundTo } from './round.ts';
import { spread } from './spread.ts';

const mostElements = 256;

/**
 * Whether elements of a value are worth knowing: shapes and their parts are small lists of whole numbers; of floats, only
 * single numbers are kept, so that a parameter is never taken for a constant.
 */
function worthKnowing(type: ElementType, shape: readonly number[]): boolean {
  const count = shape.reduce((product, size) => product * size, 1);
  if (isFloat(type)) return shape.length === 0 && (type === 'float32' || type === 'float64');
  return count <= mostElements && (type === 'int64' || type === 'int32' || type === 'bool');
}

/** The elements of a stored tensor, where they are worth knowing. */
export function contentsOfTensor(tensor: Tensor): Contents | null {
  return worthKnowing(tensor.type, tensor.shape) ? numbersOf(tensor) : null;
}

/** The elements of a node's first output as far as they follow from its inputs; null where they don't. */
export function contentsOfNode(node: NodeRequest, facts: OutputFacts): Contents | null {
  if (facts.contents !== undefined) return facts.contents;
  const { type, shape } = facts;
  if (shape === null || !isStatic(shape) || !worthKnowing(type, shape) || node.domain !== '') return null;
  const found = compute(node, shape);
  return found === null ? null : allKnown(found.map((item) => (item === null ? null : roundTo(type, item))));
}

function compute(node: NodeRequest, shape: readonly number[]): readonly (Dimension | null)[] | null {
  const first = optionalInput(node, 0);
  if (node.op === 'Size') return first?.shape ? [elementCount(first.shape)] : null;
  const move = knownMoves[node.op];
  if (move) return move(node, shape);
  const [a, b] = [first?.contents ?? null, optionalInput(node, 1)?.contents ?? null];
  const unary = knownUnary[node.op];
  if (unary && node.inputs.length === 1) return a?.map(unary) ?? null;
  const binary = knownBinary[node.op];
  if (!binary || a === null || b === null || node.inputs.length !== 2) return null;
  const [left, right] = [spread(node, 0, shape), spread(node, 1, shape)];
  if (left === null || right === null) return null;
  const whole = node.op === 'Div' && first !== null && !isFloat(first.type);
  return left.map((item, at) => {
    const answer = binary(item, right[at] as Dimension);
    return whole && typeof answer === 'number'
      ? Number.isFinite(answer)
        ? Math.trunc(answer)
        : null
      : answer;
  });
}

function allKnown(items: readonly (Dimension | null)[]): Contents | null {
  return items.every((item) => item !== null) ? items : null;
}
