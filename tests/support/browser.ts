import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

const installed = [
  process.env['PRIORPHRASE_CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
].filter((path): path is string => path !== undefined && existsSync(path));

/** Starts a real Chromium: one that is installed, or on Linux the one that came with the npm packages. */
export async function launchBrowser(): Promise<Browser> {
  const reasons: string[] = [];
  for (const executablePath of installed) {
    try {
      return await chromium.launch({ executablePath, args });
    } catch (error) {
      reasons.push(`${executablePath}: ${String(error).split('\n')[0]}`);
    }
  }
  if (process.platform === 'linux') {
    try {
      const { default: packaged } = await import('@sparticuz/chromium');
      return await chromium.launch({
        executablePath: await packaged.executablePath(),
        args: [...packaged.args, ...args],
      });
    } catch (error) {
      reasons.push(`@sparticuz/chromium: ${String(error).split('\n')[0]}`);
    }
  }
  throw new Error(
    `No Chromium could be started (tried: ${reasons.join('; ') || 'none found'}). ` +
      'Install Chromium or Chrome, or name its binary in PRIORPHRASE_CHROMIUM.',
  );
}
