import type { CallOutput, CallParsed, Handlers } from '../contract/calls.ts';
import type { JobRunner } from './job-runner.ts';

/** The handlers of the job calls. */
export function jobCalls(
  runner: JobRunner,
): Pick<Handlers, 'jobs.list' | 'jobs.cancel' | 'jobs.pause' | 'jobs.resume' | 'jobs.remove'> {
  return {
    'jobs.list': async (): Promise<CallOutput<'jobs.list'>> => runner.list(),
    'jobs.cancel': async ({ id }: CallParsed<'jobs.cancel'>) => runner.cancel(id),
    'jobs.pause': async ({ id }: CallParsed<'jobs.pause'>) => runner.pause(id),
    'jobs.remove': async ({ id }: CallParsed<'jobs.remove'>) => {
      runner.remove(id);
      return {};
    },
    'jobs.resume': async ({ id }: CallParsed<'jobs.resume'>) => runner.resume(id),
  };
}
