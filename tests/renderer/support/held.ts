/** A promise that the test answers when it wants. */
export interface Held<T> {
  readonly promise: Promise<T>;
  readonly answer: (value: T) => void;
  readonly fail: (error: unknown) => void;
}

/** Makes a promise to be answered later. */
export function held<T>(): Held<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  return { promise, answer: resolve, fail: reject };
}
