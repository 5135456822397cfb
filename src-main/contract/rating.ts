/** The five steps of the score scale. */
export type Rating = 0 | 1 | 2 | 3 | 4;

/** The meaning of each rating, in the words shown to the analyst. */
export const ratingWords: Readonly<Record<Rating, string>> = {
  0: 'unrelated',
  1: 'related',
  2: 'narrower or broader',
  3: 'synonym',
  4: 'very close',
};

/** A longer explanation of each rating. */
export const ratingMeanings: Readonly<Record<Rating, string>> = {
  0: 'not related in this class',
  1: 'same domain, an opposite, or a part or a whole of it',
  2: 'the same kind of thing: narrower, broader or alike in structure',
  3: 'a close synonym, or an abbreviation and its expansion',
  4: 'the same but for word form, word order or stop words',
};
