import { createHash } from 'node:crypto';
import { appendFile, mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asRetriever, asScorer, loadPack } from '../../src-main/packs/load-pack.ts';
import { makeFolder, makePack, manifestFor, plainFiles } from './make-pack.ts';

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

describe('loading a pack', () => {
  it('gives manifest, hash of pack.json and the bytes of each file', async () => {
    const dir = await makePack(await makeFolder());
    const pack = await loadPack(dir);
    expect(pack.manifest).toEqual(manifestFor(plainFiles));
    expect(pack.hash).toBe(
      createHash('sha256')
        .update(await readFile(join(dir, 'pack.json')))
        .digest('hex'),
    );
    expect(text(await pack.read('tokenizer.json'))).toBe('{}');
    expect(text(await pack.read('onnx/model.onnx'))).toBe('not really a graph');
  });

  it('accepts the hash it expects and refuses another', async () => {
    const dir = await makePack(await makeFolder());
    const { hash } = await loadPack(dir);
    await expect(loadPack(dir, { expectedHash: hash })).resolves.toMatchObject({ hash });
    await expect(loadPack(dir, { expectedHash: '0'.repeat(64) })).rejects.toMatchObject({
      code: 'pack-tampered',
      details: { file: 'pack.json', found: `SHA-256 ${hash}`, expected: `SHA-256 ${'0'.repeat(64)}` },
    });
  });

  it('tells a retriever from a scorer', async () => {
    const pack = await loadPack(await makePack(await makeFolder()));
    expect(asRetriever(pack)).toBe(pack);
    expect(() => asScorer(pack)).toThrow(/found a retriever, expected a scorer/);
  });

  it('reads a pack whose folder is reached through a link', async () => {
    const folder = await makeFolder();
    await makePack(join(folder, 'real'));
    await symlink(join(folder, 'real'), join(folder, 'link'));
    expect(text(await (await loadPack(join(folder, 'link'))).read('tokenizer.json'))).toBe('{}');
  });

  it('reads files of no bytes and of several pieces', async () => {
    const large = Uint8Array.from({ length: 2_500_000 }, (_, i) => (i * i) % 251);
    const files = { 'empty.txt': '', 'large.onnx': large };
    const pack = await loadPack(await makePack(await makeFolder(), undefined, files));
    expect(await pack.read('empty.txt')).toEqual(new Uint8Array(0));
    expect(Buffer.compare(await pack.read('large.onnx'), large)).toBe(0);
  });
});

describe('a folder that is no pack', () => {
  it('is refused where it does not exist', async () => {
    const dir = join(await makeFolder(), 'nowhere');
    await expect(loadPack(dir)).rejects.toMatchObject({ code: 'pack-missing', details: { dir } });
  });

  it('is refused without pack.json', async () => {
    await expect(loadPack(await makeFolder())).rejects.toMatchObject({
      code: 'pack-missing',
      details: { file: 'pack.json' },
    });
  });

  it.each([
    ['an unknown field', (m: object) => ({ ...m, install: 'run.sh' }), /install/],
    ['another format', (m: object) => ({ ...m, format: 2 }), /format/],
    ['another kind', (m: object) => ({ ...m, kind: 'plugin' }), /kind/],
    ['a path that leaves the folder', (m: object) => filesOf(m, '../secret.json'), /\.\.\/secret\.json/],
    ['a path with a folder up in it', (m: object) => filesOf(m, 'onnx/../../secret.json'), /secret\.json/],
    ['an absolute path', (m: object) => filesOf(m, '/etc/passwd.txt'), /passwd/],
    ['a Windows path', (m: object) => filesOf(m, 'onnx\\model.onnx'), /model/],
    ['a drive letter', (m: object) => filesOf(m, 'C:model.onnx'), /model/],
    ['a hidden file', (m: object) => filesOf(m, '.hidden.json'), /hidden/],
    ['a file type that may hold code', (m: object) => filesOf(m, 'model.py'), /model\.py/],
    ['a pickle', (m: object) => filesOf(m, 'pytorch_model.bin'), /pytorch_model/],
    ['itself among its files', (m: object) => filesOf(m, 'Pack.json'), /itself|own files/],
    ['a hash that is none', (m: object) => filesOf(m, 'a.json', { sha256: 'abc', bytes: 1 }), /sha256/],
    ['a negative size', (m: object) => filesOf(m, 'a.json', { sha256: '0'.repeat(64), bytes: -1 }), /bytes/],
    [
      'a size beyond any model',
      (m: object) => filesOf(m, 'a.json', { sha256: '0'.repeat(64), bytes: 2 ** 40 }),
      /bytes/,
    ],
    ['a list in place of an object', () => [], /pack\.json/],
  ])('is refused with %s', async (_, change, message) => {
    const loading = loadPack(await makePack(await makeFolder(), (manifest) => change(manifest)));
    await expect(loading).rejects.toMatchObject({ code: 'pack-invalid', details: { file: 'pack.json' } });
    await expect(loading).rejects.toThrow(message);
  });

  it('is refused where pack.json is no JSON, no UTF-8 or too large', async () => {
    const dir = await makeFolder();
    for (const content of ['{', new Uint8Array([0x22, 0xff, 0xfe, 0x22]), ' '.repeat(1_100_000)]) {
      await writeFile(join(dir, 'pack.json'), content);
      await expect(loadPack(dir)).rejects.toMatchObject({
        code: 'pack-invalid',
        details: { file: 'pack.json' },
      });
    }
  });

  it('is refused where pack.json is a link or a folder', async () => {
    const folder = await makeFolder();
    await makePack(folder);
    await mkdir(join(folder, 'a'));
    await symlink(join(folder, 'pack.json'), join(folder, 'a', 'pack.json'));
    await expect(loadPack(join(folder, 'a'))).rejects.toThrow(/found a link/);
    await mkdir(join(folder, 'b', 'pack.json'), { recursive: true });
    await expect(loadPack(join(folder, 'b'))).rejects.toThrow(/found a folder/);
  });
});

describe('reading a file of a pack', () => {
  it('refuses a byte that was flipped', async () => {
    const dir = await makePack(await makeFolder());
    const pack = await loadPack(dir);
    const bytes = await readFile(join(dir, 'onnx/model.onnx'));
    bytes[3] = (bytes[3] ?? 0) ^ 1;
    await writeFile(join(dir, 'onnx/model.onnx'), bytes);
    const reading = pack.read('onnx/model.onnx');
    await expect(reading).rejects.toMatchObject({
      code: 'pack-tampered',
      details: { file: 'onnx/model.onnx' },
    });
    await expect(reading).rejects.toThrow(/Fetch the pack again/);
  });

  it('refuses a file that grew or shrank', async () => {
    const dir = await makePack(await makeFolder());
    const pack = await loadPack(dir);
    await appendFile(join(dir, 'tokenizer.json'), ' ');
    await expect(pack.read('tokenizer.json')).rejects.toMatchObject({
      code: 'pack-tampered',
      details: { found: '3 bytes', expected: '2 bytes' },
    });
    await writeFile(join(dir, 'tokenizer.json'), '{');
    await expect(pack.read('tokenizer.json')).rejects.toMatchObject({ code: 'pack-tampered' });
  });

  it('misses a file that is gone', async () => {
    const dir = await makePack(await makeFolder());
    const pack = await loadPack(dir);
    await rm(join(dir, 'tokenizer.json'));
    await expect(pack.read('tokenizer.json')).rejects.toMatchObject({ code: 'pack-missing' });
  });

  it('refuses links, to files and to folders, even where the bytes are right', async () => {
    const outside = await makePack(await makeFolder());
    const dir = await makePack(await makeFolder());
    const pack = await loadPack(dir);
    await rm(join(dir, 'tokenizer.json'));
    await symlink(join(outside, 'tokenizer.json'), join(dir, 'tokenizer.json'));
    await expect(pack.read('tokenizer.json')).rejects.toMatchObject({ code: 'pack-invalid' });
    await rename(join(dir, 'onnx'), join(dir, 'moved'));
    await symlink(join(outside, 'onnx'), join(dir, 'onnx'));
    await expect(pack.read('onnx/model.onnx')).rejects.toMatchObject({ code: 'pack-invalid' });
  });

  it.each(['../pack.json', 'pack.json', 'constructor', '__proto__', 'other.json'])(
    'refuses %s, which the manifest does not name',
    async (file) => {
      const pack = await loadPack(await makePack(await makeFolder()));
      await expect(pack.read(file)).rejects.toMatchObject({ code: 'pack-invalid', details: { file } });
    },
  );
});

function filesOf(manifest: object, file: string, claim = { sha256: '0'.repeat(64), bytes: 1 }): object {
  return { ...manifest, files: { [file]: claim } };
}
