import { readFileSync } from 'node:fs';
import { dirname, extname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the parts of the installed product lie. */
export interface Installation {
  readonly version: string;
  /** The folder `resources`. */
  readonly resourcesDir: string;
  /** The folder `models`. */
  readonly modelsDir: string;
  /** The built renderer. */
  readonly rendererDir: string;
  /** The built preload. */
  readonly preloadPath: string;
  /** The entry of the engine process. */
  readonly enginePath: string;
}

function versionIn(root: string): string {
  const found: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const version = (found as { version?: unknown }).version;
  return typeof version === 'string' ? version : '0.0.0';
}

/**
 * The installation that an entry file belongs to: `out/main/<entry>.js` when built, `src-main/<host>/<entry>.ts` when
 * the sources run as they are. In a packaged application, `resources` and `models` lie beside the archive.
 */
export function installationOf(entryUrl: string, packagedResources: string | null = null): Installation {
  const entry = fileURLToPath(entryUrl);
  const root = resolve(dirname(entry), '../..');
  const data = packagedResources ?? root;
  return {
    version: versionIn(root),
    resourcesDir: join(data, 'resources'),
    modelsDir: join(data, 'models'),
    rendererDir: join(root, 'out', 'renderer'),
    preloadPath: join(root, 'out', 'preload', 'preload.cjs'),
    enginePath:
      extname(entry) === '.ts'
        ? join(root, 'src-main', 'engine', 'main.ts')
        : join(dirname(entry), 'engine.js'),
  };
}
