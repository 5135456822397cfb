import { AppError } from '../contract/app-error.ts';
import type { TextEncodingName } from '../contract/table-file.ts';
import { markOf } from './byte-mark.ts';
import { signatureOf } from './file-signature.ts';
import { encodingOfStart } from './sniff-encoding.ts';

/** Throws where the first bytes of a file are no text; a few stray control characters are left to the rows they are in. */
export function refuseBinary(name: string, start: Uint8Array, chosen?: TextEncodingName): void {
  const known = signatureOf(start);
  if (known !== null) {
    throw new AppError('bad-input', `${name} is ${known.what}, not a file of rows. ${known.todo}`, {
      path: name,
    });
  }
  // Whoever chose UTF-16 knows better than a count of zero bytes.
  if (chosen === 'utf-16le' || chosen === 'utf-16be') return;
  if (markOf(start) !== null || encodingOfStart(start) !== null) return;
  const looked = start.subarray(0, 64 * 1024);
  let zeros = 0;
  let controls = 0;
  for (const byte of looked) {
    if (byte === 0) zeros++;
    else if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13) controls++;
  }
  if (looked.length > 0 && zeros === looked.length) {
    const message = `${name} begins with ${zeros} zero bytes: it is no text, or it was never written to its end. Download or export it again.`;
    throw new AppError('bad-input', message, { path: name });
  }
  if (zeros + controls > looked.length / 10) {
    const message =
      `${name} is no text: ${zeros + controls} of its first ${looked.length} bytes are control characters. ` +
      'Expected a CSV file or an Excel workbook (.xlsx); export the rows as one of these.';
    throw new AppError('bad-input', message, { path: name });
  }
}
