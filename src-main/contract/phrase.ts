/** The most characters a phrase may have; patent phrases have about 16, CPC titles up to a few hundred. */
export const maxPhraseLength = 1000;

// Control, format and surrogate characters carry no meaning in a phrase and break terminals and spreadsheets.
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}]+/gu;
const spaces = /[\s\p{Z}]+/gu;

/** A phrase as it is shown: Unicode NFKC, invisible characters removed, single spaces, case kept. */
export function displayPhrase(text: string): string {
  return text
    .normalize('NFKC')
    .replace(spaces, ' ')
    .replace(invisible, '')
    .replace(/ {2,}/g, ' ')
    .trim();
}

/** A phrase as it is compared and scored: the displayed phrase in lower case. Two phrases with one key are one phrase. */
export function phraseKey(text: string): string {
  return displayPhrase(text).toLowerCase();
}
