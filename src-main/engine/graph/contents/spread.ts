import type { Dimension } from '../dimension.ts';
import { isStatic } from '../shape.ts';
import { optionalInput, type NodeRequest } from '../shape-inference/rule.ts';
import type { Contents } from '../value.ts';

/** An input's elements, broadcast to the output's shape. */
export function spread(node: NodeRequest, index: number, shape: readonly number[]): Contents | null {
  const input = optionalInput(node, index);
  if (!input?.contents || !input.shape || !isStatic(input.shape)) return null;
  const { contents, shape: from } = input as { contents: Contents; shape: readonly number[] };
  const count = shape.reduce((product, size) => product * size, 1);
  return Array.from({ length: count }, (_, at) => {
    let rest = at;
    let source = 0;
    let stride = 1;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const position = rest % (shape[axis] as number);
      rest = Math.floor(rest / (shape[axis] as number));
      const size = from[axis - shape.length + from.length] ?? 1;
      if (size !== 1) source += position * stride;
      stride *= size;
    }
    return contents[source] as Dimension;
  });
}
