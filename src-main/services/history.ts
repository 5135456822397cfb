import { AppError } from '../contract/app-error.ts';
import type { CallOutput, CallParsed } from '../contract/calls.ts';
import { clearQueries, deleteQuery, readHistory } from '../store/tables/history.ts';
import type { LookupContext } from './context.ts';

type Context = Pick<LookupContext, 'store'>;

/** The latest queries, newest first. */
export function listHistory(
  { store }: Context,
  { limit }: CallParsed<'history.list'>,
): CallOutput<'history.list'> {
  return readHistory(store, limit);
}

/** Forgets one query; `not-found` where it is gone already. */
export function removeHistory(
  { store }: Context,
  { id }: CallParsed<'history.remove'>,
): CallOutput<'history.remove'> {
  if (!deleteQuery(store, id)) {
    throw new AppError(
      'not-found',
      `The history has no entry ${id}; it was removed already. Load the list again.`,
      {
        id,
      },
    );
  }
  return {};
}

/** Forgets all queries; cached scores stay. */
export function clearHistory({ store }: Context): CallOutput<'history.clear'> {
  clearQueries(store);
  return {};
}
