import type { DeviceChoice } from '../../contract/device.ts';
import { writeOnnxModel } from '../onnx/write-model.ts';
import type { SessionOptions } from './create-session.ts';
import type { Session } from './session.ts';

type Create = (onnx: Uint8Array, options: SessionOptions) => Promise<Session>;

/** The device asked for where it passes a self-test, else the processor together with the reason. */
export async function chooseProvider(asked: string, create: Create): Promise<DeviceChoice> {
  if (asked === 'cpu') return { asked, used: asked, reason: null };
  try {
    await selfTest(asked, create);
    return { asked, used: asked, reason: null };
  } catch (error) {
    return { asked, used: 'cpu', reason: error instanceof Error ? error.message : String(error) };
  }
}

// x * w with x = [[1, 2, 3]]; a wrong number from a driver is as bad as a failure.
async function selfTest(provider: string, create: Create): Promise<void> {
  const session = await create(
    writeOnnxModel({
      operatorSets: { '': 17 },
      graph: {
        name: 'self-test',
        inputs: [{ name: 'x', type: 'float32', shape: [1, 3] }],
        outputs: [{ name: 'y', type: 'float32', shape: [1, 2] }],
        initializers: { w: { type: 'float32', shape: [3, 2], data: Float32Array.of(1, -1, 2, 0.5, 4, 8) } },
        nodes: [{ operator: 'MatMul', inputs: ['x', 'w'], outputs: ['y'] }],
      },
    }),
    { provider },
  );
  try {
    const { y } = await session.run({
      x: { type: 'float32', data: Float32Array.of(1, 2, 3), shape: [1, 3] },
    });
    const found = Array.from(y?.data ?? [], Number);
    const right =
      found.length === 2 && [17, 24].every((value, i) => Math.abs((found[i] ?? NaN) - value) < 1e-2);
    if (!right) throw new Error(`its self-test gave ${found.join(', ')} in place of 17, 24`);
  } finally {
    await session.release();
  }
}
