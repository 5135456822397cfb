import { AppError } from '../contract/app-error.ts';
import type { CallOutput, CallParsed } from '../contract/calls.ts';
import { removeSomeLibraryPhrases } from '../store/tables/library-phrase.ts';
import { deleteLibrary, getLibrary, listLibraries } from '../store/tables/library.ts';
import { removeOrphans } from '../store/tables/remove-phrases.ts';
import { countPendingIn } from '../store/vectors/pending.ts';
import { findRetriever } from '../store/vectors/retriever.ts';
import type { LookupContext } from './context.ts';

// About 10 ms of synchronous work.
const removedAtOnce = 200;

/** All libraries with the number of their phrases and of those that have a vector of the retriever in use. */
export async function describeLibraries(
  context: Pick<LookupContext, 'store' | 'packs'>,
): Promise<CallOutput<'libraries.list'>> {
  const { store, packs } = context;
  // A missing pack is told where it is needed; the list is of use without it.
  const pack = await packs.retriever().catch(() => null);
  const retriever = pack === null ? null : findRetriever(store, pack.hash);
  return listLibraries(store).map(({ id, name, kind, phrases, createdAt }) => {
    const embedded = retriever === null ? 0 : phrases - countPendingIn(store, retriever, id);
    return { id, name, kind, phrases, embedded, createdAt };
  });
}

/**
 * Removes a library of the user with the phrases that only it holds. Cut off half-way, it leaves a smaller library that
 * can be removed again.
 */
export async function removeLibrary(
  context: Pick<LookupContext, 'store' | 'emit'>,
  { id }: CallParsed<'libraries.remove'>,
): Promise<CallOutput<'libraries.remove'>> {
  const { store, emit } = context;
  const library = getLibrary(store, id);
  if (library === null) {
    throw new AppError(
      'not-found',
      `There is no library ${id}; it was removed already. Load the list again.`,
      { id },
    );
  }
  if (library.kind === 'builtin') {
    throw new AppError(
      'forbidden',
      `The library "${library.name}" comes with Priorphrase and stays. Leave it out of a lookup with the library filter.`,
      { id, library: library.name },
    );
  }
  let gone = false;
  while (!gone) {
    store.transaction(() => {
      const phraseIds = removeSomeLibraryPhrases(store, id, removedAtOnce);
      removeOrphans(store, phraseIds);
      gone = phraseIds.length < removedAtOnce;
      if (gone) deleteLibrary(store, id);
    });
    await store.rest();
  }
  emit('libraries.changed', {});
  return {};
}
