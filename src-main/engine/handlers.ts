import { AppError } from '../contract/app-error.ts';
import type { DeviceChoice } from '../contract/device.ts';
import type { EngineInput, PackRef } from '../contract/engine-calls.ts';
import { asRetriever, asScorer, loadPack } from '../packs/load-pack.ts';
import { openRetriever } from './retrieval/retriever.ts';
import { ModelCache } from './runtime/model-cache.ts';
import type { CreateSession } from './runtime/session.ts';
import { scoreInSlices, type Help } from './score-in-slices.ts';
import type { ScoringHelpers } from './scoring/threads/scoring-helpers.ts';
import type { OpenScorer } from './open-scorer.ts';
import type { EngineWork } from './serve.ts';
import type { TrainingDesk } from './train/training-desk.ts';

/** How the engine trains. */
export interface TrainingPlace {
  /** The file of the thread that trains: the source, or what it was built into. */
  readonly threadEntry: URL;
  readonly log: (text: string) => void;
}

const fromSource: TrainingPlace = {
  threadEntry: new URL('./training/worker/main.ts', import.meta.url),
  log: () => undefined,
};

const unheard = { signal: new AbortController().signal, tell: () => undefined };

/** What the engine does for each call. */
export function createHandlers(
  createSession: CreateSession,
  openScorer: OpenScorer,
  place: TrainingPlace = fromSource,
  helpers: ScoringHelpers | null = null,
  device: () => DeviceChoice | null = () => null,
): EngineWork {
  const models = new ModelCache();
  // Loaded on first use: most sessions never train.
  let desk: Promise<TrainingDesk> | null = null;
  const load = ({ dir, hash }: PackRef) => loadPack(dir, { expectedHash: hash });
  return {
    async 'engine.status'() {
      return {
        pid: process.pid,
        rss: process.memoryUsage.rss(),
        sessions: models.size,
        device: device(),
      };
    },
    async 'retriever.embed'({ pack, phrases }, checkpoint) {
      const open = async () => openRetriever(asRetriever(await load(pack)), createSession);
      return models.use(`retriever ${pack.hash}`, open, async (retriever) => {
        const vectors = await retriever.embed(phrases, checkpoint);
        return { dimensions: retriever.dimensions, vectors };
      });
    },
    async 'scorer.score'(input, checkpoint) {
      checkColumns(input);
      const open = async () => {
        const pack = asScorer(await load(input.pack));
        const scorer = await openScorer(pack, createSession);
        return { modes: pack.manifest.modes, scorer, release: () => scorer.release() };
      };
      return models.use(`scorer ${input.pack.hash}`, open, async ({ modes, scorer }) => {
        if (!modes.includes(input.mode)) {
          const message = `This scorer has no ${input.mode} mode; it has ${modes.join(', ')}. Choose another scorer or mode.`;
          throw new AppError('bad-input', message, { found: input.mode, expected: [...modes] });
        }
        const help: Help = (rows, ranges, scores) => helpers?.help(input.pack, rows, ranges, scores);
        return { scores: await scoreInSlices(scorer, input, input.mode, checkpoint, help) };
      });
    },
    async 'training.run'(input, _checkpoint, line = unheard) {
      checkColumns(input);
      checkLabels(input);
      desk ??= import('./train/training-desk.ts').then((module) => new module.TrainingDesk());
      return (await desk).run(input, { ...place, ...line });
    },
    async 'pack.quantise'({ pack, folder, called, measured, ...rows }, checkpoint) {
      checkColumns(rows);
      const { quantisePack } = await import('./quantise/quantise-pack.ts');
      const measuredRows = rows.anchors.map((anchor, row) => ({
        anchor,
        target: rows.targets[row] ?? '',
        contextText: rows.contexts[rows.contextIndex[row] ?? 0]?.text ?? '',
        label: rows.scores[row] ?? NaN,
      }));
      return quantisePack(pack, measuredRows, { createSession, folder, called, measured, checkpoint });
    },
    async 'training.settled'() {
      await (await desk)?.settled();
      return {};
    },
  };
}

/** Refuses columns that do not belong together. */
function checkColumns({
  anchors,
  targets,
  contexts,
  contextIndex,
}: Pick<EngineInput<'scorer.score'>, 'anchors' | 'targets' | 'contexts' | 'contextIndex'>): void {
  const lengths = [anchors.length, targets.length, contextIndex.length];
  if (new Set(lengths).size > 1) {
    throw new AppError(
      'bad-input',
      `Columns differ in length: ${lengths.join(', ')} anchors, targets and context indices; expected as many of each.`,
    );
  }
  const empty = anchors.findIndex((anchor, i) => anchor === '' || targets[i] === '');
  if (empty >= 0) {
    throw new AppError('bad-input', `Row ${empty + 1} has an empty phrase; expected at least one character.`);
  }
  const row = contextIndex.findIndex((index) => index < 0 || index >= contexts.length);
  if (row >= 0) {
    throw new AppError(
      'bad-input',
      `Row ${row + 1} names context ${contextIndex[row]}, but there are ${contexts.length}, counted from 0.`,
    );
  }
}

/** Refuses labels that no training may start with; the services have left such rows out. */
function checkLabels({ anchors, scores, heldOut }: EngineInput<'training.run'>): void {
  if (scores.length !== anchors.length || heldOut.length !== anchors.length) {
    throw new AppError(
      'bad-input',
      `There are ${anchors.length} rows, ${scores.length} labels and ${heldOut.length} marks of what is held out; expected as many of each.`,
    );
  }
  const row = scores.findIndex((score) => !(score >= 0 && score <= 1));
  if (row >= 0) {
    throw new AppError(
      'bad-input',
      `Row ${row + 1} has the label ${scores[row]}; expected a number from 0 to 1.`,
    );
  }
}
