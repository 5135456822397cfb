import { AppError } from '../../contract/app-error.ts';
import { describeNode, type Node } from './node.ts';

/** Refuses a graph: says at which node, what was found and what to do. */
export function failAt(node: Pick<Node, 'op' | 'domain' | 'name'>, message: string): never {
  throw new AppError('bad-input', `${describeNode(node)}: ${message}`, {
    operator: node.op,
    node: node.name ?? '',
  });
}
