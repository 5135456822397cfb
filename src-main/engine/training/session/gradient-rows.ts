import type { NamedTensors } from '../../runtime/session.ts';
import type { ParameterMemory } from '../memory/parameter-memory.ts';
import { bindShape, countOf, type RunSizes } from './bind-shape.ts';
import type { RowOutput, TrainingGraph } from './training-graph.ts';

interface Table {
  readonly parameter: string;
  /** Whether the rows are all there is: then the gradient of the other rows is zero. */
  readonly sparse: boolean;
  readonly columns: number;
  readonly outputs: readonly RowOutput[];
}

/** Gradients of tables of which only some rows are read: they come as rows and are added up here, one after the other. */
export class GradientRows {
  readonly #memory: ParameterMemory;
  readonly #tables: readonly Table[];
  readonly #touched = new Map<string, Set<number>>();

  constructor(memory: ParameterMemory, { gradients }: TrainingGraph) {
    this.#memory = memory;
    this.#tables = gradients
      .filter(({ rows }) => rows.length > 0)
      .map(({ parameter, dense, rows }) => ({
        parameter,
        sparse: dense === null,
        columns: memory.place(parameter).shape[1] ?? 1,
        outputs: rows,
      }));
  }

  /** The areas of memory that the rows of the largest run need. */
  static scratch({ gradients }: TrainingGraph, largest: RunSizes): Record<string, number> {
    const areas: Record<string, number> = {};
    for (const output of gradients.flatMap(({ rows }) => rows)) {
      areas[output.gradient] = countOf(bindShape(output.gradientShape, largest)) * 4;
      areas[output.indices] = countOf(bindShape(output.indicesShape, largest)) * 4;
    }
    return areas;
  }

  /** Where a run writes rows and indices. */
  outputs(sizes: RunSizes): NamedTensors {
    const tensors: Record<string, NamedTensors[string]> = {};
    for (const { gradient, gradientShape, indices, indicesShape } of this.#tables.flatMap(
      ({ outputs }) => outputs,
    )) {
      const rowShape = bindShape(gradientShape, sizes);
      tensors[gradient] = {
        type: 'float32',
        data: this.#memory.scratchFloats(gradient, countOf(rowShape)),
        shape: rowShape,
      };
      const indexShape = bindShape(indicesShape, sizes);
      tensors[indices] = {
        type: 'int32',
        data: this.#memory.scratchInts(indices, countOf(indexShape)),
        shape: indexShape,
      };
    }
    return tensors;
  }

  /** Sets the rows to zero that were added to since the last time: far fewer than the table has. */
  clear(): void {
    for (const { parameter, sparse, columns } of this.#tables) {
      const touched = this.#touched.get(parameter);
      if (!sparse || !touched) continue;
      const gradients = this.#memory.gradients(parameter);
      for (const row of touched) gradients.fill(0, row * columns, (row + 1) * columns);
      touched.clear();
    }
  }

  /** Adds the rows of the run that has just ended to the gradients. */
  add(sizes: RunSizes): void {
    const { kernels, layout } = this.#memory;
    for (const { parameter, columns, outputs } of this.#tables) {
      const table = layout.gradients + this.#memory.place(parameter).start * 4;
      const touched = this.#touched.get(parameter) ?? new Set();
      this.#touched.set(parameter, touched);
      const rowsOfTable = this.#memory.place(parameter).shape[0] ?? 0;
      for (const { gradient, indices, indicesShape } of outputs) {
        const count = countOf(bindShape(indicesShape, sizes));
        const places = this.#memory.scratchInts(indices, count);
        for (let i = 0; i < count; i++) {
          const place = places[i] as number;
          // ONNX counts negative indices from the end.
          if (place < 0) places[i] = place + rowsOfTable;
          touched.add(places[i] as number);
        }
        const [rows, at] = [this.#memory.scratch(gradient), this.#memory.scratch(indices)];
        kernels.addRows(table, rows, at, count, columns * 4);
      }
    }
  }
}
