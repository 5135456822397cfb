/** The most characters a phrase may have; patent phrases have about 16, CPC titles up to a few hundred. */
export const maxPhraseLength = 1000;

// Control, format and surrogate characters carry no meaning in a phrase and break terminals and spreadsheets.
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}]+/gu;
// Visible ASCII with single spaces in between has nothing to mend; most phrases are that, and imports have many.
const plain = /^[!-~]+(?: [!-~]+)*$/;
const spaces = /[\s\p{Z}]+/gu;

/** A phrase as it is shown: invisible characters removed, Unicode NFKC, single spaces, case kept. */
export function displayPhrase(text: string): string {
  if (plain.test(text)) return text;
  // Invisible characters go first: with one between them, a letter and its accent would not compose.
  return text.replace(spaces, ' ').replace(invisible, '').normalize('NFKC').replace(spaces, ' ').trim();
}

/** A phrase as it is compared and scored: the displayed phrase in lower case. Two phrases with one key are one phrase. */
export function phraseKey(text: string): string {
  // A few capitals lower to a letter and an accent that compose only when normalised again.
  return displayPhrase(displayPhrase(text).toLowerCase());
}
