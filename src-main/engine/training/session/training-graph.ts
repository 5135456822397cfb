import { backward, type RowGradient } from '../../autodiff/backward.ts';
import { GraphBuilder } from '../../graph/builder.ts';
import type { Graph, GraphOutput } from '../../graph/graph.ts';
import { intAttribute } from '../../graph/node.ts';
import { cast, multiply, reshape, sumOver } from '../../graph/operators.ts';
import { eliminateDeadCode } from '../../graph/passes/eliminate-dead-code.ts';
import { exposeNormalizationStatistics } from '../../graph/passes/expose-normalization-statistics.ts';
import type { Shape } from '../../graph/shape.ts';
import type { Value } from '../../graph/value.ts';
import type { Loss } from '../losses/loss.ts';

/** Rows of a table's gradient: the names of the outputs that give them and where they belong. */
export interface RowOutput {
  readonly gradient: string; // [..., columns], float32
  readonly gradientShape: Shape;
  readonly indices: string; // [...], int32
  readonly indicesShape: Shape;
}

/** Where the gradient of a parameter comes from: an output of its shape, rows to be added to it, or both. */
export interface GradientOutput {
  readonly parameter: string;
  readonly dense: string | null;
  readonly rows: readonly RowOutput[];
}

/** A graph that computes a loss and its gradients. */
export interface TrainingGraph {
  /** Inputs of the model's, and `labels` and `row_weights` [batch]; outputs `loss` [1] and the gradients. */
  readonly graph: Graph;
  readonly gradients: readonly GradientOutput[];
}

/** What is to be trained, and on what. */
export interface TrainingGraphRequest {
  /** A graph whose output `logits` [batch] or [batch, 1] depends on inputs that are parameters. */
  readonly model: Graph;
  readonly loss: Loss;
  /** The names of the inputs that are trained; the others get no gradient, and nothing is computed for them. */
  readonly trained: ReadonlySet<string>;
}

// Smaller tables are differentiated as a whole; see the gradient rule of Gather.
const smallestTableAsRows = 65;

/**
 * Adds the loss and the backward pass to a model's graph. The loss is the sum over rows of row weight times row loss, so that
 * parts of a batch of unequal size add up to the batch.
 */
export function buildTrainingGraph({ model, loss, trained }: TrainingGraphRequest): TrainingGraph {
  const prepared = exposeNormalizationStatistics.call(model).graph;
  const g = GraphBuilder.extending(prepared);
  const labels = g.input('labels', 'float32', ['batch']);
  const rowWeights = g.input('row_weights', 'float32', ['batch']);
  const perRow = loss.perRow(g, logitsOf(g, prepared), labels);
  const total = sumOver(g, multiply(g, perRow, rowWeights), [0]);
  const parameters = prepared.inputs.filter(({ name }) => trained.has(name));
  const gradients = backward(g, {
    sources: [{ value: total }],
    parameters,
    asRows: new Set(parameters.filter((parameter) => isTable(parameter, g))),
  });
  const outputs: GraphOutput[] = [{ name: 'loss', value: reshape(g, total, [1]) }];
  const described = parameters.map((parameter): GradientOutput => {
    const { dense = null, rows = [] } = gradients.get(parameter) ?? {};
    const name = `gradient of ${parameter.name}`;
    if (dense !== null) outputs.push({ name, value: dense });
    const rowOutputs = rows.map((each, index) => rowOutput(g, each, `${name}, rows ${index}`, outputs));
    return { parameter: parameter.name, dense: dense === null ? null : name, rows: rowOutputs };
  });
  return { graph: eliminateDeadCode.call(g.finish('training', outputs)).graph, gradients: described };
}

/** The inference graph of a model with `logits` [batch] as its one output. */
export function buildScoringGraph(model: Graph): Graph {
  const g = GraphBuilder.extending(model);
  const logits = logitsOf(g, model);
  return eliminateDeadCode.call(g.finish('scoring', [{ name: 'logits', value: logits }])).graph;
}

function logitsOf(g: GraphBuilder, model: Graph): Value {
  const logits = model.outputs.find(({ name }) => name === 'logits')?.value;
  if (!logits) {
    throw new Error(
      `The model gives ${model.outputs.map(({ name }) => name).join(', ')}; expected an output logits.`,
    );
  }
  return logits.shape?.length === 1 ? logits : reshape(g, logits, [-1]);
}

/** Whether a parameter is a table of which rows are read, and nothing else. */
function isTable(parameter: Value, g: GraphBuilder): boolean {
  const [rows] = parameter.shape ?? [];
  if (parameter.shape?.length !== 2 || typeof rows !== 'number' || rows < smallestTableAsRows) return false;
  const readers = g.nodes.filter((node) => node.inputs.includes(parameter));
  return readers.every(
    (node) => node.op === 'Gather' && node.inputs[0] === parameter && intAttribute(node, 'axis', 0) === 0,
  );
}

function rowOutput(
  g: GraphBuilder,
  { gradient, indices }: RowGradient,
  name: string,
  outputs: GraphOutput[],
): RowOutput {
  const output = {
    gradient: name,
    gradientShape: knownShape(gradient, name),
    indices: `${name}, indices`,
    indicesShape: knownShape(indices, name),
  };
  outputs.push({ name: output.gradient, value: gradient });
  outputs.push({ name: output.indices, value: cast(g, indices, 'int32') });
  return output;
}

function knownShape({ shape }: Value, name: string): Shape {
  if (shape === null) throw new Error(`The ${name} have no known number of axes.`);
  return shape;
}
