import { AppError, toErrorShape } from '../contract/app-error.ts';
import {
  engineCalls,
  type EngineCallName,
  type EngineInput,
  type EngineOutput,
  type EngineProgress,
} from '../contract/engine-calls.ts';
import { messageToEngine, type MessageFromEngine } from '../contract/engine-messages.ts';
import { createCheckpoint, type Checkpoint } from './checkpoint.ts';
import type { ParentPort } from './parent-port.ts';

/** What a handler that works elsewhere than on the event loop needs of its call. */
export interface CallLine<K extends EngineCallName> {
  /** Aborted when the answer is no longer wanted. */
  readonly signal: AbortSignal;
  /** Tells the caller how far the work is. */
  readonly tell: (progress: EngineProgress<K>) => void;
}

/** One handler for every engine call; long ones pass the checkpoint often, so that a cancel ends them. */
export type EngineWork = {
  readonly [K in EngineCallName]: (
    input: EngineInput<K>,
    checkpoint: Checkpoint,
    line?: CallLine<K>,
  ) => Promise<EngineOutput<K>>;
};

interface AnyLine {
  readonly signal: AbortSignal;
  readonly tell: (progress: unknown) => void;
}

const aliveEveryMs = 2000;

/** Answers the calls that come through a port, until the port closes; `log` hears of what is nobody's answer. */
export function serve(port: ParentPort, work: EngineWork, log: (text: string) => void): void {
  const running = new Map<number, AbortController>();
  const send = (message: MessageFromEngine) => port.send(message);

  const answer = async (id: number, name: string, input: unknown): Promise<void> => {
    const cancel = new AbortController();
    running.set(id, cancel);
    try {
      const line = { signal: cancel.signal, tell: (progress: unknown) => send({ id, progress }) };
      const value = await callOf(work, name, input)(createCheckpoint(cancel.signal), line);
      send({ id, ok: true, value });
    } catch (error) {
      if (!(error instanceof AppError)) log(`${name} failed: ${describe(error)}`);
      const { details = {}, ...shape } = toErrorShape(error);
      send({ id, ok: false, error: { ...shape, details: copyDetails(details) } });
    } finally {
      running.delete(id);
    }
  };

  port.onMessage((raw) => {
    const message = messageToEngine.safeParse(raw);
    if (!message.success)
      return log(`A message that is no engine call was refused: ${message.error.message}`);
    if ('cancel' in message.data) return running.get(message.data.cancel)?.abort();
    const { id, call, input } = message.data;
    if (running.has(id)) return log(`Call ${id} was sent twice; the second was refused.`);
    void answer(id, call, input);
  });

  setInterval(() => {
    if (running.size > 0) send({ alive: true });
  }, aliveEveryMs).unref();
  send({ ready: true });
}

/** The work of a call whose input is valid. */
function callOf(
  work: EngineWork,
  name: string,
  input: unknown,
): (checkpoint: Checkpoint, line: AnyLine) => Promise<unknown> {
  if (!isCallName(name)) {
    const expected = Object.keys(engineCalls);
    throw new AppError('bad-input', `The engine has no call ${name}; it has ${expected.join(', ')}.`, {
      found: name,
      expected,
    });
  }
  return parsed(work, name, input);
}

function parsed<K extends EngineCallName>(work: EngineWork, name: K, input: unknown) {
  const result = engineCalls[name].input.safeParse(input);
  if (!result.success) {
    const found = result.error.issues
      .slice(0, 3)
      .map(({ path, message }) => `${path.map(String).join('.')}: ${message}`)
      .join('; ');
    throw new AppError('bad-input', `The input of ${name} is not valid: ${found}.`, { found });
  }
  return (checkpoint: Checkpoint, line: AnyLine) =>
    work[name](result.data as EngineInput<K>, checkpoint, line);
}

function isCallName(name: string): name is EngineCallName {
  return Object.hasOwn(engineCalls, name);
}

function copyDetails(details: Readonly<Record<string, string | number | boolean | readonly string[]>>) {
  return Object.fromEntries(
    Object.entries(details).map(([key, value]) => [key, typeof value === 'object' ? [...value] : value]),
  );
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
