import { serve, type EngineWork } from '../../src-main/engine/serve.ts';

/** The engine's protocol with a test as the parent. */
export interface FakeParent {
  /** Everything the engine sent. */
  readonly received: unknown[];
  readonly log: string[];
  send(message: unknown): void;
  /** The answer to a call, when it has come. */
  answerTo(id: number): Promise<Record<string, unknown>>;
}

/** Serves some work to a test. */
export function serveToTest(work: EngineWork): FakeParent {
  const received: unknown[] = [];
  const log: string[] = [];
  let send: (message: unknown) => void = () => undefined;
  serve(
    {
      send: (message) => void received.push(structuredClone(message)),
      onMessage: (listener) => (send = listener),
      onClose: () => undefined,
    },
    work,
    (text) => log.push(text),
  );
  const find = (id: number) =>
    received.find((message) => (message as { id?: number }).id === id) as Record<string, unknown> | undefined;
  return {
    received,
    log,
    send: (message) => send(message),
    async answerTo(id) {
      let answer = find(id);
      while (answer === undefined) {
        await new Promise((resolve) => setTimeout(resolve, 2));
        answer = find(id);
      }
      return answer;
    },
  };
}
