import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { verifyPack } from '../../src-main/packs/verify-pack.ts';
import { makeFolder, makePack } from './make-pack.ts';

describe('verifying a pack', () => {
  it('reports every file of a sound pack', async () => {
    const report = await verifyPack(await makePack(await makeFolder()));
    expect(report).toMatchObject({
      ok: true,
      error: null,
      files: [
        { file: 'onnx/model.onnx', bytes: 18, error: null },
        { file: 'tokenizer.json', bytes: 2, error: null },
      ],
    });
  });

  it('reports each fault on its own file and still checks the rest', async () => {
    const dir = await makePack(await makeFolder());
    await writeFile(join(dir, 'onnx/model.onnx'), 'not really a Graph');
    await rm(join(dir, 'tokenizer.json'));
    await writeFile(join(dir, 'extra.json'), '{}');
    await writeFile(join(dir, 'hook.py'), 'import os');
    await symlink('/etc/passwd', join(dir, 'link.txt'));
    await mkdir(join(dir, 'onnx/deep'));
    await writeFile(join(dir, 'onnx/deep/run.sh'), 'true');
    const report = await verifyPack(dir);
    expect(report.ok).toBe(false);
    expect(report.files.map(({ file, error }) => [file, error?.code])).toEqual([
      ['extra.json', 'pack-invalid'],
      ['hook.py', 'pack-invalid'],
      ['link.txt', 'pack-invalid'],
      ['onnx/deep/run.sh', 'pack-invalid'],
      ['onnx/model.onnx', 'pack-tampered'],
      ['tokenizer.json', 'pack-missing'],
    ]);
  });

  it('reports a broken manifest without files', async () => {
    const dir = await makeFolder();
    await writeFile(join(dir, 'pack.json'), '[]');
    const report = await verifyPack(dir);
    expect(report).toMatchObject({ pack: null, ok: false, error: { code: 'pack-invalid' }, files: [] });
    expect(report.error?.message).toContain(dir);
  });
});
