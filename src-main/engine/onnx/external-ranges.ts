import type { TensorRecord } from './file-records.ts';
import { refuse, shown } from './refuse.ts';

type ExternalTensor = Extract<TensorRecord, { kind: 'external' }>;

interface PlacedTensor {
  readonly tensor: ExternalTensor;
  readonly start: number;
  readonly end: number;
}

/** A stretch of a file that is read in one go, and where in it the tensors lie. */
export interface MergedRange {
  readonly start: number;
  readonly end: number;
  readonly tensors: readonly PlacedTensor[];
}

/** Which stretches of a file to read so that every wanted byte is read once, however tensors overlap. */
export class ExternalRanges {
  readonly #size: number;
  readonly #wanted: PlacedTensor[] = [];

  /** @param size bytes in the file */
  constructor(size: number) {
    this.#size = size;
  }

  /** Asks for a tensor; refuses one that does not lie inside of the file. */
  add(tensor: ExternalTensor): void {
    const { offset, length, location } = tensor.place;
    const label = `The tensor ${shown(tensor.name)} of shape [${tensor.shape.join(', ')}]`;
    if (length !== null && length !== tensor.byteLength) {
      refuse(
        `${label} needs ${tensor.byteLength} bytes, but ${length} are noted in ${shown(location)}. The file is damaged.`,
      );
    }
    const end = offset + tensor.byteLength;
    if (end > this.#size) {
      refuse(
        `${label} ends at byte ${end} of ${shown(location)}, which has ${this.#size}. The file is cut short; copy it again.`,
      );
    }
    this.#wanted.push({ tensor, start: offset, end });
  }

  /** The stretches, in order; neighbours that touch, or nearly so, are one. */
  merged(): readonly MergedRange[] {
    const nearBytes = 2 ** 16;
    const groups: { start: number; end: number; tensors: PlacedTensor[] }[] = [];
    for (const item of this.#wanted.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
      const last = groups.at(-1);
      if (last && item.start <= last.end + nearBytes) {
        last.end = Math.max(last.end, item.end);
        last.tensors.push(item);
      } else groups.push({ start: item.start, end: item.end, tensors: [item] });
    }
    return groups.map(({ start, end, tensors }) => ({
      start,
      end,
      tensors: tensors.map((item) => ({
        tensor: item.tensor,
        start: item.start - start,
        end: item.end - start,
      })),
    }));
  }
}
