import { z } from 'zod';

// Each schema's error is what was expected, in words; the reader of the file adds what was found.

/** A size of 1 or more, at most `most`. */
export const size = (most: number) =>
  z
    .int({ error: `a whole number from 1 to ${most}` })
    .min(1, { error: `a whole number from 1 to ${most}` })
    .max(most, { error: `a whole number from 1 to ${most}` });

/** A share of 0 or more, below 1. */
export const rate = () => {
  const error = 'a number of 0 or more, below 1';
  return z.number({ error }).min(0, { error }).lt(1, { error });
};

/** A number above 0. */
export const positive = () => {
  const error = 'a number above 0';
  return z.number({ error }).gt(0, { error });
};

/** A whole number; -1 where it is not set. */
export const whole = () =>
  z.int({ error: 'a whole number' }).min(-1, { error: 'a whole number of -1 or more' });

/** Yes or no. */
export const flag = () => z.boolean({ error: 'true or false' });

/** One of some words. */
export const word = <const Words extends readonly [string, ...string[]]>(words: Words) =>
  z.enum(words, { error: `one of ${words.join(', ')}` });

/** The activation functions that the graphs can hold, by Hugging Face's names. */
export const activations = [
  'gelu',
  'gelu_new',
  'gelu_fast',
  'gelu_pytorch_tanh',
  'relu',
  'tanh',
  'sigmoid',
  'silu',
  'swish',
] as const;

/** The name of an activation function. */
export type Activation = (typeof activations)[number];
