/** Encoded WebAssembly instructions; an expression leaves its result on the stack. */
export type Code = readonly number[];

/** The value types that the kernels use, with their numbers in the binary format. */
export const wasmTypes = { i32: 0x7f, f32: 0x7d, f64: 0x7c, v128: 0x7b } as const;

/** The name of a WebAssembly value type. */
export type WasmType = keyof typeof wasmTypes;

/** A whole number as unsigned LEB128: seven bits a byte, lowest first. */
export function unsigned(value: number): Code {
  const bytes: number[] = [];
  let rest = value;
  do {
    const low = rest % 128;
    rest = Math.floor(rest / 128);
    bytes.push(rest > 0 ? low | 0x80 : low);
  } while (rest > 0);
  return bytes;
}

/** A 32-bit whole number as signed LEB128. */
export function signed(value: number): Code {
  const bytes: number[] = [];
  let rest = value | 0;
  for (;;) {
    const low = rest & 0x7f;
    rest >>= 7;
    if ((rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0)) return [...bytes, low];
    bytes.push(low | 0x80);
  }
}

/** Bytes with their length in front. */
export function sized(bytes: Code): Code {
  return [...unsigned(bytes.length), ...bytes];
}

/** A list with its length in front. */
export function vector(items: readonly Code[]): Code {
  return [...unsigned(items.length), ...items.flat()];
}
