import type { Dimension } from '../dimension.ts';
import type { ElementType } from '../element-type.ts';

/** A computed number as a tensor of a type would hold it; null where it can't be told. */
export function roundTo(type: ElementType, value: Dimension): Dimension | null {
  if (typeof value === 'string') return type === 'int64' || type === 'int32' ? value : null;
  switch (type) {
    case 'float64':
      return value;
    case 'float32':
      return Math.fround(value);
    case 'bool':
      return value === 0 ? 0 : 1;
    case 'int64':
    case 'int32':
      return Number.isFinite(value) ? Math.trunc(value) : null;
    default:
      return null;
  }
}
