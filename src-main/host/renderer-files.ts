import { constants } from 'node:fs';
import { open, readdir, realpath } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';

/** One file of the built renderer, ready to send. */
export interface RendererFile {
  readonly body: Buffer;
  readonly contentType: string;
  /** True where the name carries the hash of the contents, so that it never changes. */
  readonly immutable: boolean;
}

/** The built renderer as the hosts serve it: a URL path gives a file or null. */
export interface RendererFiles {
  read(urlPath: string): Promise<RendererFile | null>;
}

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};

// Vite: assets/<name>-<hash of eight or more>.<ending>
const hashed = /^\/assets\/[^/]+-[\w-]{8,}\.\w+$/;

async function list(folder: string, root: string, found: Map<string, string>): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    // A symbolic link is neither: what lies behind it is not part of the build.
    if (entry.isDirectory()) await list(path, root, found);
    else if (entry.isFile() && extname(path) in contentTypes) {
      found.set(`/${relative(root, path).split(sep).join('/')}`, path);
    }
  }
}

/**
 * Lists the built renderer once. A request is looked up in that list and never turned into a path, so that no spelling
 * of a path can leave the folder.
 */
export async function openRendererFiles(folder: string): Promise<RendererFiles> {
  const root = await realpath(folder);
  const files = new Map<string, string>();
  await list(root, root, files);
  return {
    async read(urlPath) {
      const path = files.get(urlPath === '/' ? '/index.html' : urlPath);
      if (path === undefined) return null;
      try {
        // Put in its place after the listing, a link is refused too.
        if ((await realpath(path)) !== path) return null;
        const file = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
        try {
          const contentType = contentTypes[extname(path)] ?? 'application/octet-stream';
          return { body: await file.readFile(), contentType, immutable: hashed.test(urlPath) };
        } finally {
          await file.close();
        }
      } catch {
        return null;
      }
    },
  };
}
