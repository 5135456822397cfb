// The part of WebAssembly that the kernels use: TypeScript declares it only together with the browser's types.
declare namespace WebAssembly {
  interface Memory {
    readonly buffer: ArrayBuffer;
  }
  const Memory: {
    prototype: Memory;
    new (descriptor: { readonly initial: number; readonly maximum?: number }): Memory;
  };

  interface Module {
    readonly [Symbol.toStringTag]?: 'WebAssembly.Module';
  }
  const Module: { prototype: Module; new (bytes: ArrayBufferView<ArrayBuffer> | ArrayBuffer): Module };

  interface Instance {
    readonly exports: Readonly<Record<string, unknown>>;
  }
  const Instance: {
    prototype: Instance;
    new (module: Module, imports: Readonly<Record<string, Readonly<Record<string, unknown>>>>): Instance;
  };
}
