import { AppError } from '../contract/app-error.ts';

const megabyte = 1024 * 1024;

/**
 * What an archive may unpack to. Up to `freeBytes` anything; beyond, so many times the packed bytes read so far: tables
 * pack 5 to 30 times smaller, and deflate can't do more than 1,032 times, which only bombs come near.
 */
export const unpackLimits = {
  freeBytes: 64 * megabyte,
  ratio: 200,
  mostBytes: 64 * 1024 * megabyte,
} as const;

/** Throws `too-large` where so many bytes came out of so many packed ones that the archive must be a bomb. */
export function refuseBomb(name: string, packed: number, unpacked: number): void {
  const { freeBytes, ratio, mostBytes } = unpackLimits;
  if (unpacked <= freeBytes || (unpacked <= ratio * packed && unpacked <= mostBytes)) return;
  const limit =
    unpacked > mostBytes
      ? `${mostBytes / 1024 / megabyte} GB at most are read`
      : `tables pack ${ratio}:1 at most`;
  const message = `${name} unpacks to ${unpacked} bytes or more from ${packed}; ${limit}. Unpack it yourself if you trust it, and choose the file inside.`;
  throw new AppError('too-large', message, { path: name });
}
