import { startWebHost } from '../../web/web-host.ts';
import type { Command } from '../command.ts';
import { numberOption } from '../parse-command.ts';

/** Serves the application to a browser on this machine, until it is interrupted. */
export const serve: Command = {
  name: 'serve',
  words: [],
  summary: 'Serve the application to a browser on this machine.',
  options: { port: { type: 'string', value: 'N', help: 'the port to listen at; default: a free one' } },
  async run({ options, app: open, installation, print, note, signal }) {
    const port = numberOption(options, 'port', { min: 0, max: 65_535, default: 0 }, 'serve');
    const app = await open();
    const host = await startWebHost({
      app,
      rendererDir: installation.rendererDir,
      port,
      log: (message, error) =>
        note(`${message}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`),
    });
    try {
      print({ url: host.urlWithToken, port: host.port }, () => [
        'Priorphrase runs at this address, for this machine only. Keep the address to yourself; it signs you in:',
        '',
        `  ${host.urlWithToken}`,
        '',
        'Press Ctrl+C to stop.',
      ]);
      await new Promise<void>((done) => {
        if (signal.aborted) done();
        else signal.addEventListener('abort', () => done(), { once: true });
      });
    } finally {
      await host.close();
    }
  },
};
