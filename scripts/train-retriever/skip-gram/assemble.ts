/** WebAssembly code, nested as it is composed. */
export type Code = number | readonly Code[];

/** The bytes of nested code. */
export function bytesOf(code: Code): number[] {
  return typeof code === 'number' ? [code] : code.flatMap(bytesOf);
}

/** An unsigned number in LEB128. */
export function unsigned(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>>= 7) {
    if (rest < 0x80) return [...bytes, rest];
    bytes.push((rest & 0x7f) | 0x80);
  }
}

function signed(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>= 7) {
    if (rest >= -64 && rest < 64) return [...bytes, rest & 0x7f];
    bytes.push((rest & 0x7f) | 0x80);
  }
}

const simd = (operation: number): number[] => [0xfd, ...unsigned(operation)];

/** The instructions that the kernel uses, by their WebAssembly names; loads and stores take a byte offset. */
export const op = {
  get: (local: number): Code => [0x20, local],
  set: (local: number): Code => [0x21, local],
  block: (body: Code): Code => [0x02, 0x40, body, 0x0b],
  loop: (body: Code): Code => [0x03, 0x40, body, 0x0b],
  branchIf: (depth: number): Code => [0x0d, depth],
  i32Const: (value: number): Code => [0x41, signed(value)],
  f32Const: (value: number): Code => [0x43, ...new Uint8Array(Float32Array.of(value).buffer)],
  i32Load: [0x28, 2, 0],
  f32Load: [0x2a, 2, 0],
  i32Eqz: [0x45],
  i32Eq: [0x46],
  i32Ne: [0x47],
  i32LessUnsigned: [0x49],
  i32Add: [0x6a],
  i32And: [0x71],
  i32ShiftLeft: [0x74],
  f32Add: [0x92],
  f32Sub: [0x93],
  f32Mul: [0x94],
  f32Min: [0x96],
  f32Max: [0x97],
  f32FromI32: [0xb3],
  i32FromF32: [0xfc, 0x00],
  memoryFill: [0xfc, 0x0b, 0],
  v128Load: (offset: number): Code => [simd(0x00), 4, unsigned(offset)],
  v128Store: (offset: number): Code => [simd(0x0b), 4, unsigned(offset)],
  splat: simd(0x13),
  lane: (index: number): Code => [simd(0x1f), index],
  v128Add: simd(0xe4),
  v128Mul: simd(0xe6),
} as const;

/** WebAssembly value types. */
export const type = { i32: 0x7f, f32: 0x7d, v128: 0x7b } as const;

/** A module with one function, `run`, that returns nothing and works on the imported memory `host.memory`. */
export function moduleWithOneFunction(
  parameters: readonly number[],
  locals: readonly number[],
  body: Code,
): Uint8Array<ArrayBuffer> {
  const section = (id: number, content: Code): number[] => {
    const bytes = bytesOf(content);
    return [id, ...unsigned(bytes.length), ...bytes];
  };
  const name = (text: string): number[] => [text.length, ...Buffer.from(text)];
  const code = bytesOf([locals.length, ...locals.map((local) => [1, local]), body, 0x0b]);
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, 0x60, parameters.length, ...parameters, 0]),
    ...section(2, [1, name('host'), name('memory'), 2, 0, 1]),
    ...section(3, [1, 0]),
    ...section(7, [1, name('run'), 0, 0]),
    ...section(10, [1, unsigned(code.length), code]),
  ]);
}
