import { dirname, relative, resolve, sep } from 'node:path';
import { whyNot } from './directions.mjs';

const root = resolve(import.meta.dirname, '../..');

/** What an import specifier in a file stands for: a file of the repository or a package. */
function targetOf(filename, specifier) {
  if (specifier.startsWith('.')) {
    const path = resolve(dirname(filename), specifier.replace(/\?.*$/, ''));
    return { file: relative(root, path).split(sep).join('/') };
  }
  const name = specifier.startsWith('@')
    ? specifier.split('/').slice(0, 2).join('/')
    : specifier.split('/')[0];
  return { package: name };
}

/** ESLint rule: imports follow the direction of the architecture; the message names the right import. */
export const directionRule = {
  meta: { type: 'problem', schema: [], messages: { wrong: '{{reason}}' } },
  create(context) {
    const from = relative(root, context.filename).split(sep).join('/');
    const check = (node, source) => {
      if (typeof source?.value !== 'string') return;
      const reason = whyNot(from, targetOf(context.filename, source.value));
      if (reason !== null) context.report({ node, messageId: 'wrong', data: { reason } });
    };
    return {
      ImportDeclaration: (node) => check(node, node.source),
      ImportExpression: (node) => check(node, node.source),
      ExportNamedDeclaration: (node) => check(node, node.source),
      ExportAllDeclaration: (node) => check(node, node.source),
    };
  },
};
