import type { GraphBuilder } from '../graph/builder.ts';
import { multiply } from '../graph/operators.ts';
import type { Shape } from '../graph/shape.ts';
import type { InputValue, Value } from '../graph/value.ts';
import type { DropoutMask } from './dropout-mask.ts';
import type { Initialisation, Parameter, ParameterKind } from './parameter.ts';

/** What a parameter is besides its name. */
export interface ParameterSettings {
  readonly kind: ParameterKind;
  /** Without a word: normal for tables, matrices and kernels, zeros for biases, ones for scales. */
  readonly initial?: Initialisation;
  /** For tables: the row that begins as zeros. */
  readonly zeroRow?: number;
}

/** How a model is built. */
export interface ScopeSettings {
  readonly training: boolean;
  /** The standard deviation of fresh weights. */
  readonly deviation: number;
}

/**
 * The place in a model where a graph is being built: modules within modules, whose names make the names of parameters, masks and
 * nodes. It collects the parameters and masks as they come up.
 */
export class ModelScope {
  readonly g: GraphBuilder;
  readonly training: boolean;
  readonly #deviation: number;
  readonly #parameters = new Map<string, Parameter>();
  readonly #masks: DropoutMask[] = [];
  #path: readonly string[] = [];
  #depth = 0;

  constructor(g: GraphBuilder, { training, deviation }: ScopeSettings) {
    this.g = g;
    this.training = training;
    this.#deviation = deviation;
  }

  /** Builds what belongs to a module of the current one; a name may have several parts, as `attention.self`. */
  within<Result>(module: string, build: () => Result): Result {
    const outer = this.#path;
    this.#path = [...outer, ...module.split('.')];
    try {
      return this.g.within(`/${this.#path.join('/')}`, build);
    } finally {
      this.#path = outer;
    }
  }

  /** Builds what lies at a depth: 0 for embeddings, 1 for the first layer, and so on. */
  atDepth<Result>(depth: number, build: () => Result): Result {
    const outer = this.#depth;
    this.#depth = depth;
    try {
      return build();
    } finally {
      this.#depth = outer;
    }
  }

  /** Adds a parameter of the current module. */
  parameter(name: string, shape: readonly number[], settings: ParameterSettings): InputValue {
    const full = [...this.#path, name].join('.');
    if (this.#parameters.has(full)) throw new Error(`The model has two parameters ${full}.`);
    const { kind } = settings;
    const initial = settings.initial ?? this.#initial(settings);
    this.#parameters.set(full, { name: full, shape, kind, initial, depth: this.#depth });
    return this.g.input(full, 'float32', shape);
  }

  /** x with elements dropped at random in training, x itself otherwise. */
  dropout(x: Value, rate: number, name = 'dropout'): Value {
    if (x.shape === null) throw new Error(`The shape of what ${name} drops from is not known.`);
    const mask = this.mask(x.shape, rate, name);
    return mask === null ? x : multiply(this.g, x, mask);
  }

  /** A mask to multiply by in training; null where nothing is dropped. */
  mask(shape: Shape, rate: number, name: string): InputValue | null {
    if (!this.training || rate === 0) return null;
    const mask = { name: [...this.#path, `${name}.mask`].join('.'), shape, rate };
    this.#masks.push(mask);
    return this.g.input(mask.name, 'float32', shape);
  }

  /** The parameters so far. */
  get parameters(): readonly Parameter[] {
    return [...this.#parameters.values()];
  }

  /** The masks so far, in the order of their use. */
  get masks(): readonly DropoutMask[] {
    return [...this.#masks];
  }

  #initial({ kind, zeroRow }: ParameterSettings): Initialisation {
    if (kind === 'bias') return { rule: 'zeros' };
    if (kind === 'scale') return { rule: 'ones' };
    const normal = { rule: 'normal', deviation: this.#deviation } as const;
    return zeroRow === undefined ? normal : { ...normal, zeroRow };
  }
}
