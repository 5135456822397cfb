import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    reporters: process.env['CI'] ? ['default', './scripts/count-reporter.ts'] : ['default'],
    projects: [
      {
        test: {
          name: 'main',
          environment: 'node',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/renderer/**', 'tests/e2e/**', 'tests/electron/**', 'tests/cli/**'],
          testTimeout: 30_000,
        },
      },
      {
        // What runs the built product: child processes and a browser, one file at a time on a small machine.
        test: {
          name: 'built',
          environment: 'node',
          include: ['tests/{e2e,electron,cli}/**/*.test.ts'],
          globalSetup: ['tests/support/build-once.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
      {
        plugins: [svelte()],
        resolve: { conditions: ['browser'] },
        test: {
          name: 'renderer',
          environment: 'jsdom',
          include: ['tests/renderer/**/*.test.ts', 'tests/renderer/**/*.test.svelte.ts'],
        },
      },
    ],
  },
});
