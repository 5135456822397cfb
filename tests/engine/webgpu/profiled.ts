import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InferenceSession } from 'onnxruntime-node';

/** An operator that ran, and the provider that ran it, by ONNX Runtime's names. */
export interface Placement {
  readonly operator: string;
  readonly provider: string;
}

type Create = (onnx: Uint8Array, options: InferenceSession.SessionOptions) => Promise<InferenceSession>;

interface ProfileEvent {
  readonly args?: { readonly provider?: string; readonly op_name?: string };
}

/**
 * Runs `work`, which makes and runs one session, and tells where its operators ran: ONNX Runtime leaves what a provider does not
 * know to the processor without a word, so that a right result alone proves nothing about the provider.
 */
export async function profiled<R>(work: () => Promise<R>): Promise<{ result: R; placements: Placement[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'priorphrase-profile-'));
  const create = InferenceSession.create.bind(InferenceSession) as Create;
  const made: InferenceSession[] = [];
  const watched: Create = async (onnx, options) => {
    const profile = { enableProfiling: true, profileFilePrefix: join(folder, 'profile') };
    const session = await create(onnx, { ...options, ...profile });
    made.push(session);
    return session;
  };
  Object.assign(InferenceSession, { create: watched });
  try {
    const result = await work();
    for (const session of made) session.endProfiling();
    const events = readdirSync(folder).flatMap(
      (file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as ProfileEvent[],
    );
    const placements = events.flatMap(({ args }) =>
      args?.provider ? [{ operator: args.op_name ?? '', provider: args.provider }] : [],
    );
    return { result, placements };
  } finally {
    Object.assign(InferenceSession, { create });
    rmSync(folder, { recursive: true, force: true });
  }
}
