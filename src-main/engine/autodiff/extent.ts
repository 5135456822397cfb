import { cast, reshape } from '../graph/operators.ts';
import { isStatic } from '../graph/shape.ts';
import { tensorFrom } from '../graph/tensor.ts';
import type { Value } from '../graph/value.ts';
import type { GraphBuilder } from '../graph/builder.ts';

/** The shape of a value: stored numbers where all are known, read at run time otherwise. */
export function shapeOf(g: GraphBuilder, value: Value): Value {
  return value.shape !== null && isStatic(value.shape) ? g.ints(value.shape) : g.op('Shape', [value]);
}

/** The number of elements of a value, as a single number of the type of `like`. */
export function sizeOf(g: GraphBuilder, value: Value, like: Value): Value {
  if (value.shape !== null && isStatic(value.shape)) {
    return g.scalar(
      value.shape.reduce((product, size) => product * size, 1),
      like,
    );
  }
  return cast(g, g.op('Size', [value]), like.type);
}

/** A value with the sizes of another one: by numbers, one of them left open, where that is enough. */
export function reshapeLike(g: GraphBuilder, value: Value, like: Value): Value {
  const { shape } = like;
  const open = shape?.filter((size) => typeof size !== 'number').length ?? Infinity;
  if (shape === null || open > 1 || (open === 1 && shape.includes(0)))
    return reshape(g, value, g.op('Shape', [like]));
  return reshape(
    g,
    value,
    shape.map((size) => (typeof size === 'number' ? size : -1)),
  );
}

/** Zeros of the shape and type of a value. */
export function zerosLike(g: GraphBuilder, value: Value): Value {
  const zero = tensorFrom(value.type, [1], [0]);
  return g.op('ConstantOfShape', [shapeOf(g, value)], { value: { kind: 'tensor', value: zero } });
}

/** The size of one axis, as a list of one number. */
export function sizeOfAxis(g: GraphBuilder, value: Value, axis: number): Value {
  const size = value.shape?.[axis];
  if (typeof size === 'number') return g.ints([size]);
  return g.op('Slice', [g.op('Shape', [value]), g.ints([axis]), g.ints([axis + 1])]);
}
