/** The scheme that serves the page in the window. */
export const pageScheme = 'priorphrase';
/** The origin of the page in the window. */
export const pageOrigin = `${pageScheme}://app`;

const loopback = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Where the window's page comes from. */
export interface PageAddress {
  readonly url: string;
  readonly origin: string;
  /** The dev server, in development; null for the built page. */
  readonly devServer: URL | null;
}

/** The built page; in development, the dev server of this machine that the environment names. */
export function pageAddress(isPackaged: boolean, devServerUrl: string | undefined): PageAddress {
  const built = { url: `${pageOrigin}/`, origin: pageOrigin, devServer: null };
  if (isPackaged || devServerUrl === undefined || !URL.canParse(devServerUrl)) return built;
  const devServer = new URL(devServerUrl);
  if (devServer.protocol !== 'http:' || !loopback.has(devServer.hostname)) return built;
  return { url: devServer.href, origin: devServer.origin, devServer };
}

/** Whether the window may load something: what the page's own scheme serves, its inline images, the dev server. */
export function mayLoad(address: PageAddress, target: string): boolean {
  if (!URL.canParse(target)) return false;
  const { protocol, host } = new URL(target);
  if (protocol === `${pageScheme}:`) return host === 'app';
  if (protocol === 'data:' || protocol === 'devtools:') return true;
  return address.devServer !== null && host === address.devServer.host && ['http:', 'ws:'].includes(protocol);
}
