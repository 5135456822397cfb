import type { Reporter, TestModule } from 'vitest/node';

/** Prints one plain closing line, `N passed, N failed, N skipped`, for logs that are read by machines. */
export default class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const count = { passed: 0, failed: errors.length, skipped: 0, pending: 0 };
    for (const module of modules) {
      let found = false;
      for (const test of module.children.allTests()) {
        found = true;
        count[test.result().state] += 1;
      }
      // A file that fails to load has no tests, and must not look like a pass.
      if (!found || (module.errors().length > 0 && module.state() === 'failed'))
        count.failed += module.errors().length;
    }
    process.stdout.write(
      `\n${count.passed} passed, ${count.failed} failed, ${count.skipped + count.pending} skipped\n`,
    );
  }
}
