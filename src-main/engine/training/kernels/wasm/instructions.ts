import { signed, unsigned, type Code } from './code.ts';

const simd = (opcode: number, ...operands: readonly Code[]): Code => [
  ...operands.flat(),
  0xfd,
  ...unsigned(opcode),
];
const binary =
  (opcode: number) =>
  (a: Code, b: Code): Code => [...a, ...b, opcode];
const simdBinary =
  (opcode: number) =>
  (a: Code, b: Code): Code =>
    simd(opcode, a, b);
const simdUnary =
  (opcode: number) =>
  (a: Code): Code =>
    simd(opcode, a);
// Alignment is a hint: 0 promises nothing.
const place = (offset: number): Code => [0, ...unsigned(offset)];

/** One after the other. */
export const sequence = (...parts: readonly Code[]): Code => parts.flat();

/** The value of a local or parameter. */
export const get = (local: number): Code => [0x20, ...unsigned(local)];
/** Writes a local or parameter. */
export const set = (local: number, value: Code): Code => [...value, 0x21, ...unsigned(local)];

/** Operations on 32-bit whole numbers; addresses are such numbers. */
export const i32 = {
  const: (value: number): Code => [0x41, ...signed(value)],
  add: binary(0x6a),
  subtract: binary(0x6b),
  multiply: binary(0x6c),
  and: binary(0x71),
  shiftLeft: binary(0x74),
  shiftRightUnsigned: binary(0x76),
  lessUnsigned: binary(0x49),
  load: (address: Code, offset = 0): Code => [...address, 0x28, ...place(offset)],
} as const;

/** Operations on single 32-bit floats. */
export const f32 = {
  add: binary(0x92),
  load: (address: Code, offset = 0): Code => [...address, 0x2a, ...place(offset)],
  store: (address: Code, value: Code, offset = 0): Code => [...address, ...value, 0x38, ...place(offset)],
} as const;

/** Operations on single 64-bit floats. */
export const f64 = { add: binary(0xa0) } as const;

/** Operations on 128 bits. */
export const v128 = {
  load: (address: Code, offset = 0): Code => [...address, 0xfd, 0, ...place(offset)],
  store: (address: Code, value: Code, offset = 0): Code => [...address, ...value, 0xfd, 11, ...place(offset)],
  and: simdBinary(78),
  /** The bits of the first that are not in the second. */
  andNot: simdBinary(79),
  or: simdBinary(80),
  xor: simdBinary(81),
  /** Not zero where any bit is set. */
  anyTrue: simdUnary(83),
  /** Four times the same 32 bits of memory. */
  loadSplat32: (address: Code, offset = 0): Code => [...address, 0xfd, 9, ...place(offset)],
  zero: [0xfd, 12, ...new Array<number>(16).fill(0)] as Code,
} as const;

/** Operations on sixteen bytes. */
export const i8x16 = {
  /** The low eight bits of a number in each. */
  splat: simdUnary(15),
  equal: simdBinary(35),
  add: simdBinary(110),
  subtract: simdBinary(113),
  countOnes: simdUnary(98),
  /** Signed 16-bit numbers cut to bytes, those of the first operand below. */
  narrow: simdBinary(101),
  lane: (a: Code, lane: number): Code => [...simd(22, a), lane],
} as const;

/** Operations on eight 16-bit whole numbers. */
export const i16x8 = {
  /** Signed 32-bit numbers cut to 16 bits, those of the first operand below. */
  narrow: simdBinary(133),
  splat: simdUnary(16),
  greaterOrEqualUnsigned: simdBinary(54),
} as const;

/** Operations on four 32-bit whole numbers. */
export const i32x4 = {
  add: simdBinary(174),
  shiftLeft: (a: Code, bits: number): Code => simd(171, a, i32.const(bits)),
  shiftRight: (a: Code, bits: number): Code => simd(173, a, i32.const(bits)),
  /** The lower four 16-bit lanes, with their signs spread over 32 bits. */
  extendLow: simdUnary(167),
  /** The upper four. */
  extendHigh: simdUnary(168),
} as const;

/** Operations on four 32-bit floats. */
export const f32x4 = {
  /** All ones where the first is greater. */
  greater: simdBinary(68),
  splat: simdUnary(19),
  squareRoot: simdUnary(227),
  add: simdBinary(228),
  subtract: simdBinary(229),
  multiply: simdBinary(230),
  divide: simdBinary(231),
  /** The upper two lanes in the place of the lower two. */
  upperHalf: (a: Code): Code => [
    ...a,
    ...a,
    0xfd,
    13,
    ...Array.from({ length: 16 }, (_, byte) => (byte + 8) % 16),
  ],
} as const;

/** Operations on two 64-bit floats. */
export const f64x2 = {
  add: simdBinary(240),
  multiply: simdBinary(242),
  /** The lower two of four 32-bit floats. */
  promoteLow: simdUnary(95),
  lane: (a: Code, lane: 0 | 1): Code => [...simd(33, a), lane],
} as const;

/** Runs one of two bodies: the second where the condition is zero. */
export const ifElse = (condition: Code, then: Code, otherwise: Code): Code => [
  ...condition,
  ...[0x04, 0x40],
  ...then,
  0x05,
  ...otherwise,
  0x0b,
];

/** Runs the body while the condition, tested before each turn, is not zero. */
export const whileTrue = (condition: Code, body: Code): Code => [
  ...[0x02, 0x40, 0x03, 0x40],
  ...condition,
  ...[0x45, 0x0d, 1], // leave the block where the condition is zero
  ...body,
  ...[0x0c, 0, 0x0b, 0x0b],
];
