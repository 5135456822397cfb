import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'electron-vite';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('.', import.meta.url));

// electron-vite asks for a configuration as the default export.
export default defineConfig({
  main: {
    build: {
      // Small and pure: bundled, they load in a tenth of the time. The rest has native parts or is loaded on demand.
      externalizeDeps: { exclude: ['zod', 'fflate'] },
      sourcemap: true,
      rolldownOptions: {
        input: {
          index: resolve(root, 'src-main/electron/index.ts'),
          engine: resolve(root, 'src-main/engine/main.ts'),
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
    plugins: [svelte({ configFile: false })],
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
