import { open, type FileHandle } from 'node:fs/promises';
import { AppError } from '../contract/app-error.ts';
import { damaged } from './refuse.ts';

const compound = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);

/** Whether a file begins as workbooks with a password and those of before 2007 do: a compound file. */
export function isCompoundFile(start: Uint8Array): boolean {
  return Buffer.from(start.subarray(0, compound.length)).equals(compound);
}

/** The error that tells what a file is instead of a workbook, and what to do about it. */
export async function whyNoWorkbook(path: string): Promise<AppError> {
  const file = await open(path, 'r');
  try {
    const buffer = Buffer.alloc(512);
    const { bytesRead } = await file.read(buffer, 0, buffer.length, 0);
    const start = buffer.subarray(0, bytesRead);
    if (isCompoundFile(start)) return compoundFile(path, await isEncrypted(file, start));
    if (start[0] === 0x50 && start[1] === 0x4b) {
      return damaged(path, 'the archive has no directory, as if it were cut off');
    }
    return new AppError('bad-input', `${path} is no workbook: expected an .xlsx file.`, { path });
  } finally {
    await file.close();
  }
}

function compoundFile(path: string, encrypted: boolean): AppError {
  const message = encrypted
    ? `${path} is encrypted. Open it in a spreadsheet program, save it without a password and pass that.`
    : `${path} is a workbook of the old kind (.xls). Open it in a spreadsheet program and save it as "Excel workbook (.xlsx)" or "CSV UTF-8".`;
  return new AppError('bad-input', message, { path });
}

// The directory of a compound file names its streams in UTF-16; its first sector is named in the header ([MS-CFB] 2.2).
async function isEncrypted(file: FileHandle, start: Buffer): Promise<boolean> {
  if (start.length < 512) return false;
  const sector = 1 << Math.min(20, start.readUInt16LE(30));
  const directory = Buffer.alloc(4096);
  await file.read(directory, 0, directory.length, (start.readUInt32LE(48) + 1) * sector);
  return ['EncryptedPackage', 'EncryptionInfo'].some((name) =>
    directory.includes(Buffer.from(name, 'utf16le')),
  );
}
