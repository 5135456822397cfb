import { expect, it } from 'vitest';
import { AppError } from '../../src-main/contract/app-error.ts';
import { namingFile } from '../../src-main/services/name-file.ts';

const file = { path: '/data/incoming/0a/terms.csv', name: 'terms.csv' };

it('says the name of a file instead of its place', async () => {
  const refused = namingFile(file, () =>
    Promise.reject(new AppError('bad-input', `${file.path} is empty.`, { path: file.path })),
  );
  await expect(refused).rejects.toMatchObject({
    code: 'bad-input',
    message: 'terms.csv is empty.',
    details: { file: 'terms.csv' },
  });
});

it('leaves results and other errors as they are', async () => {
  expect(await namingFile(file, async () => 7)).toBe(7);
  const other = new AppError('not-found', 'There is no library.');
  await expect(namingFile(file, () => Promise.reject(other))).rejects.toBe(other);
});
