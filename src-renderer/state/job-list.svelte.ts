import type { JobEntry } from '../../src-main/contract/job.ts';
import type { Api } from '../../src-main/contract/transport.ts';

/** The long work under way. */
export class JobList {
  readonly #api: Api;
  #jobs = $state.raw<readonly JobEntry[]>([]);

  constructor(api: Api) {
    this.#api = api;
  }

  /** Jobs that run now, oldest first. */
  readonly running = $derived(this.#jobs.filter((job) => job.state === 'running'));

  async refresh(): Promise<void> {
    try {
      this.#jobs = await this.#api.call('jobs.list', {});
    } catch {
      // Only the progress line is lost; the job itself reports its end.
    }
  }

  follow(): () => void {
    return this.#api.on('job.changed', (job) => {
      this.#jobs = [...this.#jobs.filter((known) => known.id !== job.id), job].sort((a, b) => a.id - b.id);
    });
  }
}
