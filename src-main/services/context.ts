import type { ContextInForce } from '../contract/calls.ts';
import type { Emit } from '../contract/events.ts';
import type { Engine } from '../engine-client/engine.ts';
import type { Store } from '../store/store.ts';
import type { Packs } from './packs.ts';

/** What the lookup services work with; one for each running application. */
export interface LookupContext {
  readonly store: Store;
  readonly engine: Pick<Engine, 'call'>;
  readonly packs: Pick<Packs, 'retriever' | 'scorer'>;
  readonly emit: Emit;
  /** The context that a symbol gives; throws `not-found` with suggestions. */
  readonly resolveContext: (symbol: string) => ContextInForce;
}
