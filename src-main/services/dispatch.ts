import { AppError, toErrorShape } from '../contract/app-error.ts';
import { calls, type CallName, type Handlers } from '../contract/calls.ts';
import type { Dispatch } from '../contract/transport.ts';
import { describeIssues, firstPath } from './describe-issues.ts';

/** How a dispatcher reports and checks. */
export interface DispatchOptions {
  /** Hears every error that is not meant for the user, with its stack; never throws. */
  readonly log: (message: string, error: unknown) => void;
  /** Whether outputs are held against the contract too: in development and in tests. */
  readonly checkOutput: boolean;
}

type AnyHandler = (input: unknown) => Promise<unknown>;

function isCall(name: unknown): name is CallName {
  // Own names only: "constructor" and "__proto__" are no calls.
  return typeof name === 'string' && Object.hasOwn(calls, name);
}

async function answer(
  handlers: Handlers,
  options: DispatchOptions,
  name: unknown,
  input: unknown,
): Promise<unknown> {
  if (!isCall(name)) {
    const found = typeof name === 'string' ? JSON.stringify(name.slice(0, 60)) : `a ${typeof name}`;
    throw new AppError(
      'bad-input',
      `There is no call ${found}; expected the name of a call of this version.`,
    );
  }
  const schemas = calls[name];
  const parsed = schemas.input.safeParse(input);
  if (!parsed.success) {
    const issues = parsed.error.issues;
    throw new AppError('bad-input', `${name} cannot use this input. ${describeIssues(issues, input)}.`, {
      call: name,
      path: firstPath(issues),
    });
  }
  const output = await (handlers[name] as AnyHandler)(parsed.data);
  if (!options.checkOutput) return output;
  const checked = schemas.output.safeParse(output);
  if (checked.success) return checked.data;
  throw new Error(
    `The output of ${name} breaks the contract. ${describeIssues(checked.error.issues, output)}`,
  );
}

/** The one function behind every transport: finds the call, validates, runs the handler, and never rejects. */
export function createDispatch(handlers: Handlers, options: DispatchOptions): Dispatch {
  return async (name, input) => {
    try {
      return { ok: true, value: await answer(handlers, options, name, input) };
    } catch (error) {
      if (!(error instanceof AppError) || error.code === 'internal') {
        options.log(`Call ${isCall(name) ? name : '(unknown)'} failed`, error);
      }
      return { ok: false, error: toErrorShape(error) };
    }
  };
}
