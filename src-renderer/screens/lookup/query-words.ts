import type { QueryField } from '../../../src-main/contract/query/query-options.ts';

/** Where a query looks, in words. */
export const fieldWords: Readonly<Record<QueryField, string>> = {
  title: 'Titles',
  abstract: 'Abstracts',
  claims: 'Claims',
  'full-text': 'Full text',
};

/** How the words of a phrase may stand: `phrase`, or the most words apart. */
export const proximityOptions: readonly { readonly value: string; readonly label: string }[] = [
  { value: 'phrase', label: 'Next to each other, in this order' },
  ...[1, 3, 5, 10].map((words) => ({
    value: String(words),
    label: `In any order, at most ${words === 1 ? '1 word' : `${words} words`} apart`,
  })),
];
