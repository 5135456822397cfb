import { AppError } from '../../../contract/app-error.ts';
import { createKernels, type Kernels } from '../kernels/kernels.ts';
import { layOut, type LayoutRequest, type MemoryLayout, type ParameterPlace } from './memory-layout.ts';

const pageBytes = 65_536;

/**
 * Parameters, gradients and moments of a model in one WebAssembly memory. Sessions read and write it through views; it is not
 * shared between threads, because ONNX Runtime refuses such memory. It never grows: that would cut off every view.
 */
export class ParameterMemory {
  readonly layout: MemoryLayout;
  readonly kernels: Kernels;
  readonly #buffer: ArrayBuffer;
  readonly #places: ReadonlyMap<string, ParameterPlace>;

  constructor(request: LayoutRequest) {
    this.layout = layOut(request);
    const memory = allocate(this.layout.bytes);
    this.kernels = createKernels(memory);
    this.#buffer = memory.buffer;
    this.#places = new Map(this.layout.places.map((place) => [place.name, place]));
  }

  /** Where a parameter lies. */
  place(name: string): ParameterPlace {
    const place = this.#places.get(name);
    if (!place) throw new Error(`There is no parameter ${name} among the ${this.#places.size} of the model.`);
    return place;
  }

  /** The numbers of a parameter: a view. */
  values(name: string): Float32Array<ArrayBuffer> {
    const place = this.place(name);
    return this.#floats(place.trained ? this.layout.values : this.layout.frozen, place);
  }

  /** The gradient of a trained parameter: a view. */
  gradients(name: string): Float32Array<ArrayBuffer> {
    return this.#floats(this.layout.gradients, this.place(name));
  }

  /** Where a run writes the gradient of a trained parameter: a region of its own where gradients are summed over runs. */
  runGradients(name: string): Float32Array<ArrayBuffer> {
    return this.#floats(this.layout.partGradients ?? this.layout.gradients, this.place(name));
  }

  /** The bytes of a region of trained parameters: a view. */
  region(name: 'values' | 'firstMoments' | 'secondMoments' | 'gradients'): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#buffer, this.layout[name], this.layout.trainedLength * 4);
  }

  /** A view of floats in a further area. */
  scratchFloats(name: string, length: number): Float32Array<ArrayBuffer> {
    return new Float32Array(this.#buffer, this.scratch(name), length);
  }

  /** A view of 32-bit whole numbers in a further area. */
  scratchInts(name: string, length: number): Int32Array<ArrayBuffer> {
    return new Int32Array(this.#buffer, this.scratch(name), length);
  }

  /** The byte address of a further area. */
  scratch(name: string): number {
    const address = this.layout.scratch[name];
    if (address === undefined) throw new Error(`No area ${name} was asked for.`);
    return address;
  }

  #floats(region: number, place: ParameterPlace): Float32Array<ArrayBuffer> {
    return new Float32Array(this.#buffer, region + place.start * 4, place.length);
  }
}

function allocate(bytes: number): WebAssembly.Memory {
  const pages = Math.ceil(bytes / pageBytes);
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: pages });
  } catch (error) {
    throw new AppError(
      'too-large',
      `The system refused ${(bytes / 2 ** 30).toFixed(1)} GiB for training. Close other programs, freeze layers, or use a smaller model.`,
      { bytes },
      { cause: error },
    );
  }
}
