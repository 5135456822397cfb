// Given to Node with --import: from then on, `electron` is the stand-in beside this file.
import { registerHooks } from 'node:module';

const standIn = new URL('./electron.mjs', import.meta.url).href;

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron'
      ? { url: standIn, format: 'module', shortCircuit: true }
      : next(specifier, context),
});
