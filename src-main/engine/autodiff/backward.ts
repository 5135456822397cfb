import { AppError } from '../../contract/app-error.ts';
import type { GraphBuilder } from '../graph/builder.ts';
import { isFloat } from '../graph/element-type.ts';
import { describeNode, intAttribute, type Node } from '../graph/node.ts';
import { operatorKey } from '../graph/shape-inference/shape-rules.ts';
import type { Value } from '../graph/value.ts';
import { zerosLike } from './extent.ts';
import { gradientRules } from './gradient-rules.ts';
import { unbroadcast } from './unbroadcast.ts';

/** A value that is differentiated: a single number (the loss), or any value with dL/dvalue given. */
export interface Source {
  readonly value: Value;
  readonly gradient?: Value;
}

/** What to differentiate, and by what. */
export interface BackwardRequest {
  readonly sources: readonly Source[];
  readonly parameters: readonly Value[];
  /** Tables of which rows are read by Gather: their gradient comes as rows, for the caller to add up. */
  readonly asRows?: ReadonlySet<Value>;
}

/** Rows of the gradient of a table: row i of `gradient` [..., columns] is to be added at row `indices[i]`; indices may repeat. */
export interface RowGradient {
  readonly indices: Value;
  readonly gradient: Value;
}

/** The gradient of a parameter: the sum of a tensor of its shape and of rows to be added. */
export interface Gradient {
  readonly dense: Value | null;
  readonly rows: readonly RowGradient[];
}

/**
 * Adds to the graph what computes the gradients of the sources by the parameters (reverse mode), and gives them.
 * Only nodes that lie between a parameter and a source are differentiated. New nodes are named `<node>/grad/<operator>`.
 */
export function backward(g: GraphBuilder, request: BackwardRequest): ReadonlyMap<Value, Gradient> {
  const { sources, parameters, asRows = new Set() } = request;
  const nodes = [...g.nodes];
  const varying = reachableFrom(parameters, nodes);
  const collected = new Map<Value, Value[]>();
  const rows = new Map<Value, RowGradient[]>();
  for (const source of sources) push(collected, source.value, seed(g, source));

  for (const node of nodes.toReversed()) {
    const inputs = node.inputs.map((input) => (input !== null && varying.has(input) ? input : null));
    if (inputs.every((input) => input === null)) continue;
    g.within(`${node.name ?? node.op}/grad`, () => {
      const dys = node.outputs.map((output) => total(g, collected.get(output)));
      if (dys.every((dy) => dy === null)) return;
      const [table] = inputs;
      if (table && asRows.has(table) && isRowGather(node)) {
        push(rows, table, { indices: node.inputs[1] as Value, gradient: dys[0] as Value });
        return;
      }
      for (const [index, gradient] of applyRule(g, node, dys).entries()) {
        const input = inputs[index];
        if (!input) continue;
        if (gradient === null) throw noGradientFor(node, index);
        push(collected, input, unbroadcast(g, gradient, input, node));
      }
    });
  }

  return new Map(
    parameters.map((parameter) => {
      const dense = g.within(`${parameter.name ?? 'parameter'}/grad`, () =>
        total(g, collected.get(parameter)),
      );
      const found = { dense, rows: rows.get(parameter) ?? [] };
      if (found.dense === null && found.rows.length === 0) throw unreachable(parameter);
      return [parameter, found];
    }),
  );
}

/** The values that change when a parameter does, as far as gradients can see. */
function reachableFrom(parameters: readonly Value[], nodes: readonly Node[]): ReadonlySet<Value> {
  const varying = new Set<Value>();
  for (const parameter of parameters) if (isFloat(parameter.type)) varying.add(parameter);
  for (const node of nodes) {
    if (gradientRules.get(operatorKey(node)) === 'none') continue;
    if (!node.inputs.some((input) => input !== null && varying.has(input))) continue;
    for (const output of node.outputs) if (isFloat(output.type)) varying.add(output);
  }
  return varying;
}

function seed(g: GraphBuilder, { value, gradient }: Source): Value {
  if (gradient) return gradient;
  if (value.shape?.length !== 0) {
    throw new AppError(
      'bad-input',
      `The loss ${value.name ?? ''} must be a single number, with no axes; reduce it first.`,
    );
  }
  return g.scalar(1, value);
}

function applyRule(g: GraphBuilder, node: Node, dys: readonly (Value | null)[]): readonly (Value | null)[] {
  const rule = gradientRules.get(operatorKey(node));
  if (rule === undefined || rule === 'none') {
    throw new AppError('bad-input', `No gradient rule for ${describeNode(node)}.`, {
      operator: node.op,
      node: node.name ?? '',
    });
  }
  const dy = dys[0] ?? zerosLike(g, node.outputs[0] as Value);
  return rule(g, dy, node, dys);
}

function isRowGather(node: Node): boolean {
  return (
    node.op === 'Gather' &&
    node.domain === '' &&
    intAttribute(node, 'axis', 0) === 0 &&
    node.inputs[0]?.shape?.length === 2
  );
}

function total(g: GraphBuilder, parts: readonly Value[] | undefined): Value | null {
  const [first, ...others] = parts ?? [];
  if (!first) return null;
  if (others.length === 0) return first;
  return g.op(others.length === 1 ? 'Add' : 'Sum', [first, ...others]);
}

function push<Key, Item>(map: Map<Key, Item[]>, key: Key, item: Item): void {
  const known = map.get(key);
  if (known) known.push(item);
  else map.set(key, [item]);
}

function noGradientFor(node: Node, index: number): AppError {
  return new AppError(
    'bad-input',
    `No gradient rule for input ${index} of ${describeNode(node)}; keep what it depends on frozen.`,
    { operator: node.op, node: node.name ?? '' },
  );
}

function unreachable(parameter: Value): AppError {
  const name = parameter.name ?? 'without a name';
  return new AppError(
    'bad-input',
    `The parameter ${name} can't be trained: the loss does not depend on it. Leave it out, or check that the loss reads the right output.`,
    { parameter: name },
  );
}
