import type { Graph } from '../graph.ts';
import { initialisersOf } from '../graph.ts';
import { GraphBuilder } from '../builder.ts';
import { isFloat } from '../element-type.ts';
import { modulePath, modulesOf } from '../module-path.ts';
import type { Node } from '../node.ts';
import type { Tensor } from '../tensor.ts';
import type { InitialiserValue, Value } from '../value.ts';
import type { Pass, PassResult } from './pass.ts';

/**
 * Gives back a parameter of its own to each place where torch.onnx.export merged parameters of equal value (all biases that are
 * zero become one, all scales that are one become one), which training would tie together for good:
 *
 * 1. Only tensors with axes in which all elements are equal are touched: equal values come of initialisation. A tensor of
 *    different elements that has several uses is shared on purpose (tied embeddings, shared keys).
 * 2. Identity of such a tensor: the exporter's note of a parameter that it merged; its output's name is the parameter's.
 * 3. Other uses: one parameter for each module that uses it.
 *
 * The bytes are not copied: until they are trained, all are views of one stored tensor.
 */
export const untieInitialisers: Pass = {
  name: 'untie merged initialisers',
  requires: 'Identity nodes of initialisers are still there',
  ensures: 'no two modules share a parameter because its values happened to be equal',
  call: untie,
};

function untie(graph: Graph): PassResult {
  const merged = new Set(initialisersOf(graph).filter((value) => isMergeable(value.tensor)));
  const modules = modulesOf(graph.nodes.map(({ name }) => modulePath(name)).filter((path) => path !== null));
  const g = new GraphBuilder();
  const parameters = new Map<InitialiserValue, Map<string, InitialiserValue>>();
  const renamed = new Map<Value, Value>();
  let modified = false;
  let uses = 0;

  const ownParameter = (shared: InitialiserValue, owner: string, name: string | null): InitialiserValue => {
    const owners = parameters.get(shared) ?? new Map<string, InitialiserValue>();
    parameters.set(shared, owners);
    const known = owners.get(owner);
    if (known) return known;
    // The first module that reads it directly keeps the stored value, and with it its name.
    const direct = name === null && ![...owners.values()].includes(shared);
    const own = direct
      ? shared
      : g.initialiser(name ?? `${shared.name ?? 'parameter'} of ${owner}`, shared.tensor);
    owners.set(owner, own);
    return own;
  };

  const inputOf = (node: Node, input: Value | null, index: number): Value | null => {
    if (input === null) return null;
    if (input.kind !== 'initialiser' || !merged.has(input)) return renamed.get(input) ?? input;
    const path = modulePath(node.name);
    const owner =
      (path === null ? undefined : modules.get(path)) ??
      `${node.name ?? node.op}, input ${index}, use ${uses++}`;
    return ownParameter(input, owner, null);
  };

  for (const input of graph.inputs) g.keepInput(input);
  for (const node of graph.nodes) {
    const [first] = node.inputs;
    const output = node.outputs[0];
    if (
      node.op === 'Identity' &&
      node.domain === '' &&
      output &&
      first?.kind === 'initialiser' &&
      merged.has(first)
    ) {
      const name = output.name ?? `${first.name ?? 'parameter'} of ${node.name ?? node.op}`;
      renamed.set(output, ownParameter(first, `identity ${name}`, name));
      modified = true;
      continue;
    }
    const inputs = node.inputs.map((input, index) => inputOf(node, input, index));
    const copy = g.copy(node, inputs);
    if (copy === node) continue;
    modified = true;
    for (const [index, each] of node.outputs.entries()) renamed.set(each, copy.outputs[index] as Value);
  }
  const outputs = graph.outputs.map(({ name, value }) => ({ name, value: renamed.get(value) ?? value }));
  return { graph: g.finish(graph.name, outputs), modified };
}

function isMergeable({ type, shape, bytes }: Tensor): boolean {
  if (!isFloat(type) || shape.length === 0 || bytes.length === 0) return false;
  const count = shape.reduce((product, size) => product * size, 1);
  const width = bytes.length / count;
  // Every byte equals the one an element earlier.
  for (let at = width; at < bytes.length; at++) if (bytes[at] !== bytes[at - width]) return false;
  return true;
}
