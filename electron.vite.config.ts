import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'electron-vite';
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { sourceHash } from './scripts/ensure-built.mjs';

const root = import.meta.dirname;
const builtFrom = sourceHash(root);

/** Notes what the build was made from; the renderer is built last, so the note says that all three are done. */
const noteSources = {
  name: 'note-sources',
  apply: 'build' as const,
  writeBundle: () => writeFileSync(resolve(root, 'out/built-from.txt'), `${builtFrom}\n`),
};

/**
 * Takes electron-vite's shim for CommonJS out: it declares a second `require` in any file that makes its own, and our
 * sources are ES modules.
 */
const noCommonJsShim = {
  name: 'no-commonjs-shim',
  configResolved({
    plugins,
  }: {
    readonly plugins: readonly { readonly name: string; renderChunk?: unknown }[];
  }) {
    for (const plugin of plugins) if (plugin.name === 'vite:esm-shim') delete plugin.renderChunk;
  },
};

// electron-vite asks for a configuration as the default export.
export default defineConfig({
  main: {
    plugins: [noCommonJsShim],
    build: {
      // Small and pure: bundled, they load in a tenth of the time. The rest has native parts or is loaded on demand.
      externalizeDeps: { exclude: ['zod', 'fflate'] },
      sourcemap: true,
      rolldownOptions: {
        input: {
          index: resolve(root, 'src-main/electron/index.ts'),
          engine: resolve(root, 'src-main/engine/main.ts'),
          'scoring-thread': resolve(root, 'src-main/engine/scoring/threads/main.ts'),
          trainer: resolve(root, 'src-main/engine/training/worker/main.ts'),
          importer: resolve(root, 'src-main/services/import-thread-main.ts'),
          reader: resolve(root, 'src-main/store/reader/main.ts'),
          cli: resolve(root, 'src-main/cli/main.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      // A sandboxed preload can require nothing but electron, and only as CommonJS.
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: resolve(root, 'src-main/electron/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: resolve(root, 'src-renderer'),
    publicDir: false,
    plugins: [svelte({ configFile: false }), noteSources],
    build: {
      outDir: resolve(root, 'out/renderer'),
      emptyOutDir: true,
      minify: true,
      // The policy of the page allows no inlined fonts, scripts or styles.
      assetsInlineLimit: 0,
      rolldownOptions: { input: resolve(root, 'src-renderer/index.html') },
    },
    server: { host: '127.0.0.1' },
  },
});
