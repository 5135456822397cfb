import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writePack, type PackDescription } from '../../../scripts/packs/write-pack.ts';
import { packManifest } from '../../../src-main/contract/pack.ts';

const description: PackDescription = {
  format: 1,
  kind: 'retriever',
  family: 'static-embedding',
  id: 'tiny-1',
  name: 'Tiny',
  version: '1.0.0',
  description: '',
  dimensions: 8,
  maxLength: 16,
  licence: 'CC0-1.0',
  provenance: { command: 'none', seed: 1, data: [] },
  metrics: [],
};

describe('writePack', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'pack-'));
    mkdirSync(join(folder, 'onnx'));
    writeFileSync(join(folder, 'onnx/model.onnx'), 'graph');
    writeFileSync(join(folder, 'tokenizer.json'), '{}');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('states the size and SHA-256 of every file but pack.json, in a manifest of the pack format', () => {
    writePack(folder, description);
    writePack(folder, description);
    const manifest = packManifest.parse(JSON.parse(readFileSync(join(folder, 'pack.json'), 'utf8')));
    expect(Object.keys(manifest.files)).toEqual(['onnx/model.onnx', 'tokenizer.json']);
    expect(manifest.files['onnx/model.onnx']).toEqual({
      bytes: 5,
      sha256: createHash('sha256').update('graph').digest('hex'),
    });
  });

  it('refuses a file that the pack format does not allow', () => {
    writeFileSync(join(folder, 'run.sh'), 'echo');
    expect(() => writePack(folder, description)).toThrow('not an accepted file type');
  });
});
