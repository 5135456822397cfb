import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { listSupportedBackends } from 'onnxruntime-node';

/** A Vulkan driver that needs no GPU, or the reason why webgpu cannot be tried here. */
export type SoftwareDriver =
  { readonly environment: Readonly<Record<string, string>> } | { readonly missing: string };

/** SwiftShader as Debian's chromium brings it; VK_ICD_FILENAMES may name another driver. */
const swiftShader = ['/usr/lib/chromium', '/usr/lib/chromium-browser', '/opt/google/chrome'].map((folder) =>
  join(folder, 'vk_swiftshader_icd.json'),
);

/** Looks for all that webgpu needs without a GPU: the provider, a driver, and the library that loads drivers. */
export function softwareDriver(): SoftwareDriver {
  if (!listSupportedBackends().some(({ name }) => name === 'webgpu')) {
    return { missing: 'this build of ONNX Runtime has no webgpu provider' };
  }
  const named = process.env['VK_ICD_FILENAMES'];
  const driver = named ?? swiftShader.find((file) => existsSync(file));
  if (driver === undefined || !existsSync(driver)) {
    const looked = named ?? swiftShader.join(', ');
    return {
      missing: `there is no driver at ${looked}: install Debian's chromium, which brings SwiftShader`,
    };
  }
  const environment = { VK_ICD_FILENAMES: driver };
  if (hasLoader()) return { environment };
  // Chromium has the library that loads drivers beside its own.
  const folder = dirname(driver);
  if (existsSync(join(folder, 'libvulkan.so.1'))) {
    return { environment: { ...environment, LD_LIBRARY_PATH: folder } };
  }
  return { missing: 'there is no libvulkan.so.1, which loads the driver: install libvulkan1' };
}

function hasLoader(): boolean {
  try {
    return execFileSync('/sbin/ldconfig', ['-p'], { encoding: 'utf8' }).includes('libvulkan.so.1 ');
  } catch {
    return false;
  }
}
