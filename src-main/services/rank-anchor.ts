import { AppError } from '../contract/app-error.ts';
import { displayPhrase, maxPhraseLength } from '../contract/phrase.ts';

/** A phrase that the user typed, normalised. */
export interface TypedPhrase {
  readonly display: string;
  /** What is embedded, compared and scored. */
  readonly key: string;
}

/** An anchor or target as typed, normalised; throws `bad-input` where nothing visible is left or it is too long. */
export function typedPhrase(text: string, what: 'anchor' | 'target'): TypedPhrase {
  const display = displayPhrase(text);
  if (display === '') {
    throw new AppError(
      'bad-input',
      `The ${what} is empty. Type a phrase of one or more words, such as "abatement of pollution".`,
      { field: what },
    );
  }
  const { length } = display;
  if (length > maxPhraseLength) {
    throw new AppError(
      'bad-input',
      `The ${what} has ${count(length)} characters; at most ${count(maxPhraseLength)} are expected. ` +
        `Shorten it to the phrase that matters.`,
      { field: what, found: length, expected: maxPhraseLength },
    );
  }
  return { display, key: display.toLowerCase() };
}

function count(value: number): string {
  return value.toLocaleString('en');
}
