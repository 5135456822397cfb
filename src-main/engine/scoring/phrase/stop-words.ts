/** Words that join others and carry no meaning of their own in a phrase. */
export const stopWords: ReadonlySet<string> = new Set(
  (
    'a an the of for in on at to from by with without into onto over under between among through via as and or nor but ' +
    'not no its their his her this that these those such same said which who whose is are was were be been being am ' +
    'has have had having do does did it they them he she we you i than then so if when while where there here out up ' +
    'down off per thereof therein thereto therefor therefrom thereby wherein whereby'
  ).split(' '),
);

/** Words that open a complement: the head of `abatement of pollution` stands before `of`. */
export const prepositions: ReadonlySet<string> = new Set(
  'of for in on at to from by with without into onto over under between among through via as per'.split(' '),
);
