import type { LookupContext } from './context.ts';
import type { JobRunner } from './job-runner.ts';
import { countUnembedded, embedPhrases } from './phrase-embedding.ts';

/** Sees to it that phrases get their vectors, whoever left them without. */
export interface BacklogEmbedder {
  /** Embeds what is missing if that is quickly done (the first start: some 800 titles), so that a lookup finds all. */
  embedFew(): Promise<void>;
  /** Starts a job, or resumes the one that was cut off, where more is missing. */
  startJob(): Promise<void>;
  /** Resolves when no embedding of `embedFew` is under way. */
  settled(): Promise<void>;
}

/** About a third of a second of work. */
const few = 4096;

/** The embedder of a workspace. */
export function backlogEmbedder(context: LookupContext, runner: JobRunner): BacklogEmbedder {
  let running: Promise<unknown> | null = null;
  return {
    async embedFew() {
      const missing = await countUnembedded(context);
      if (missing === 0 || missing > few) return;
      running ??= embedPhrases(context).finally(() => (running = null));
      await running;
    },
    async startJob() {
      if ((await countUnembedded(context)) === 0) return;
      const cutOff = runner.list().find(({ kind, state }) => kind === 'embed' && state === 'paused');
      if (cutOff === undefined) runner.start('embed', {});
      else runner.resume(cutOff.id);
    },
    async settled() {
      await running?.catch(() => undefined);
    },
  };
}
