/** Turns text into token ids; no special tokens, no padding, never an empty result for a non-empty text. */
export interface Tokeniser {
  encode(text: string): readonly number[];
}
