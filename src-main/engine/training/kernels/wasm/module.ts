import { sized, unsigned, vector, wasmTypes, type Code, type WasmType } from './code.ts';

/** A function of a module: parameters and locals by name, and a body that gets their indices. */
export interface WasmFunction<
  Parameters extends Readonly<Record<string, WasmType>> = Readonly<Record<string, WasmType>>,
  Locals extends Readonly<Record<string, WasmType>> = Readonly<Record<string, WasmType>>,
> {
  readonly parameters: Parameters;
  readonly locals: Locals;
  readonly result: WasmType | null;
  readonly body: (local: Readonly<Record<keyof Parameters | keyof Locals, number>>) => Code;
}

/** A function definition whose body may use only names that it declares. */
export function wasmFunction<
  const Parameters extends Readonly<Record<string, WasmType>>,
  const Locals extends Readonly<Record<string, WasmType>>,
>(definition: WasmFunction<Parameters, Locals>): WasmFunction {
  return definition as unknown as WasmFunction;
}

const text = (value: string): Code => sized([...new TextEncoder().encode(value)]);
const section = (id: number, items: readonly Code[]): Code => [id, ...sized(vector(items))];
const end = 0x0b;

/** The bytes of a module that imports its memory as `host.memory` and exports the functions under their names. */
export function wasmModule(functions: Readonly<Record<string, WasmFunction>>): Uint8Array<ArrayBuffer> {
  const all = Object.entries(functions);
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0], // "\0asm", version 1
    ...section(
      1,
      all.map(([, each]) => signature(each)),
    ),
    ...section(2, [[...text('host'), ...text('memory'), 2, 0, 0]]),
    ...section(
      3,
      all.map((_, index) => unsigned(index)),
    ),
    ...section(
      7,
      all.map(([name], index) => [...text(name), 0, ...unsigned(index)]),
    ),
    ...section(
      10,
      all.map(([, each]) => sized(functionBody(each))),
    ),
  ]);
}

function signature({ parameters, result }: WasmFunction): Code {
  const types = Object.values(parameters).map((type) => [wasmTypes[type]]);
  return [0x60, ...vector(types), ...vector(result === null ? [] : [[wasmTypes[result]]])];
}

function functionBody({ parameters, locals, body }: WasmFunction): Code {
  const names = [...Object.keys(parameters), ...Object.keys(locals)];
  const indices = Object.fromEntries(names.map((name, index) => [name, index]));
  const declared = Object.values(locals).map((type) => [1, wasmTypes[type]]);
  return [...vector(declared), ...body(indices), end];
}
