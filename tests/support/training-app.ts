import { join, resolve } from 'node:path';
import { forkEngine } from '../../src-main/engine-client/fork-engine.ts';
import { openApp, type FileApp } from '../../src-main/services/app.ts';

const root = resolve(import.meta.dirname, '../..');

/** The application of the command line over a workspace, with a real engine process that runs the sources. */
export function openTrainingApp(dataDir: string): Promise<FileApp> {
  return openApp({
    dataDir,
    resourcesDir: join(root, 'resources'),
    modelsDir: join(root, 'models'),
    host: 'cli',
    version: '0.0.0',
    spawnEngine: forkEngine(join(root, 'src-main/engine/main.ts')),
  });
}
