import { AppError } from '../../../contract/app-error.ts';

/** What is known of a parameter before it has a place. */
export interface ParameterSpec {
  readonly name: string;
  readonly shape: readonly number[];
  /** A parameter that is not trained has no gradient and no moments. */
  readonly trained: boolean;
}

/** Where a parameter lies: `start` counts floats, in the region of the trained or of the frozen parameters. */
export interface ParameterPlace extends ParameterSpec {
  readonly start: number;
  readonly length: number;
  /** The length with the gap up to the next parameter; what is in the gap is zero and stays so. */
  readonly room: number;
}

/** Byte addresses of the regions, each aligned to a cache line. */
export interface MemoryLayout {
  readonly places: readonly ParameterPlace[];
  /** Floats in each of the regions of trained parameters. */
  readonly trainedLength: number;
  readonly values: number;
  readonly gradients: number;
  readonly firstMoments: number;
  readonly secondMoments: number;
  readonly frozen: number;
  readonly frozenLength: number;
  /** A second region for gradients, into which a step's parts are written one by one; null where a step has one part. */
  readonly partGradients: number | null;
  /** Further areas by name. */
  readonly scratch: Readonly<Record<string, number>>;
  readonly bytes: number;
}

/** What a memory is to hold. */
export interface LayoutRequest {
  readonly parameters: readonly ParameterSpec[];
  /** Whether gradients are summed over several runs before a step. */
  readonly accumulates: boolean;
  /** Bytes of further areas by name. */
  readonly scratch: Readonly<Record<string, number>>;
}

const line = 64;
const floatsInLine = line / 4;
const mostBytes = 2 ** 32;

const upTo = (value: number, multiple: number): number => Math.ceil(value / multiple) * multiple;

/** Plans a memory; throws `too-large` where it can't be addressed. */
export function layOut({ parameters, accumulates, scratch }: LayoutRequest): MemoryLayout {
  let [trainedLength, frozenLength] = [0, 0];
  const places = parameters.map((parameter): ParameterPlace => {
    const length = parameter.shape.reduce((product, size) => product * size, 1);
    const room = upTo(length, floatsInLine);
    const start = parameter.trained ? trainedLength : frozenLength;
    if (parameter.trained) trainedLength += room;
    else frozenLength += room;
    return { ...parameter, start, length, room };
  });
  // Nothing lies at address 0, so that a forgotten address shows.
  let bytes = line;
  const take = (length: number): number => {
    const start = bytes;
    bytes += upTo(length, line);
    return start;
  };
  const [values, gradients, firstMoments, secondMoments] = [0, 1, 2, 3].map(() =>
    take(trainedLength * 4),
  ) as [number, number, number, number];
  const partGradients = accumulates ? take(trainedLength * 4) : null;
  const frozen = take(frozenLength * 4);
  const areas = Object.fromEntries(Object.entries(scratch).map(([name, size]) => [name, take(size)]));
  if (bytes > mostBytes) throw tooLarge(bytes, trainedLength, frozenLength);
  return {
    places,
    trainedLength,
    values,
    gradients,
    firstMoments,
    secondMoments,
    frozen,
    frozenLength,
    partGradients,
    scratch: areas,
    bytes,
  };
}

function tooLarge(bytes: number, trained: number, frozen: number): AppError {
  const millions = (count: number): string => `${Math.round(count / 1e6)} million`;
  return new AppError(
    'too-large',
    `Training needs ${(bytes / 2 ** 30).toFixed(1)} GiB for ${millions(trained)} trained and ${millions(frozen)} frozen ` +
      'parameters; at most 4 GiB can be used. Freeze the embeddings or the lower layers, or train low-rank adapters.',
    { bytes },
  );
}
