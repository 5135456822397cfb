import { AppError } from '../contract/app-error.ts';
import type { FileRow } from '../store/tables/file.ts';

/** Runs work on a file that a page named by id; errors then say the file's name instead of its place in the workspace. */
export async function namingFile<Result>(
  { path, name }: Pick<FileRow, 'path' | 'name'>,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AppError) || !error.message.includes(path)) throw error;
    throw new AppError(error.code, error.message.replaceAll(path, name), { file: name }, { cause: error });
  }
}
