import { AppError } from '../../../contract/app-error.ts';

// What V8 says of arrays and WebAssembly memories, and ONNX Runtime of tensors, that found no room.
const noRoom =
  /allocation failed|could not allocate memory|failed to allocate memory|bad_alloc|bad allocation|out of memory/i;

/** An error of the training thread as one that says what to do, where it is that memory ran out; any other as it is. */
export function explainMemory(error: unknown): unknown {
  if (error instanceof AppError) return error;
  const outOfHeap = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
  return outOfHeap || (error instanceof Error && noRoom.test(error.message)) ? outOfMemory(error) : error;
}

function outOfMemory(cause: unknown): AppError {
  return new AppError(
    'engine-failed',
    'The training ran out of memory and stopped; the last checkpoint is kept. Close other programs and resume it, or train with a ' +
      'lower memoryLimitMb, shorter rows (maxLength), frozen layers or adapters.',
    { cause: 'memory' },
    { cause },
  );
}
