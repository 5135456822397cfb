import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { installationOf } from '../../src-main/host/installation.ts';

const root = resolve(import.meta.dirname, '../..');
const url = (path: string) => pathToFileURL(resolve(root, path)).href;

it('finds the parts of the product from a built entry', () => {
  expect(installationOf(url('out/main/cli.js'))).toEqual({
    version: expect.stringMatching(/^\d+\.\d+\.\d+/),
    resourcesDir: resolve(root, 'resources'),
    modelsDir: resolve(root, 'models'),
    rendererDir: resolve(root, 'out/renderer'),
    preloadPath: resolve(root, 'out/preload/preload.cjs'),
    enginePath: resolve(root, 'out/main/engine.js'),
  });
});

it('finds the engine beside the sources when they run as they are', () => {
  const { enginePath } = installationOf(url('src-main/cli/main.ts'));
  expect(enginePath).toBe(resolve(root, 'src-main/engine/main.ts'));
  expect(existsSync(installationOf(url('src-main/cli/main.ts')).resourcesDir)).toBe(true);
});

it('finds resources and models beside the archive of a packaged application', () => {
  const found = installationOf(url('out/main/index.js'), '/opt/Priorphrase/resources');
  expect([found.resourcesDir, found.modelsDir]).toEqual([
    resolve('/opt/Priorphrase/resources/resources'),
    resolve('/opt/Priorphrase/resources/models'),
  ]);
});
