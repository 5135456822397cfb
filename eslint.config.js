import svelte from 'eslint-plugin-svelte';
import tseslint from 'typescript-eslint';
import { directionRule } from './scripts/lint/direction-rule.mjs';

const local = { rules: { direction: directionRule } };

export default tseslint.config(
  { ignores: ['out/', 'dist/', '.cache/', 'models/', 'node_modules/'] },
  ...tseslint.configs.recommended,
  ...svelte.configs.recommended,
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
  },
  {
    plugins: { local },
    rules: {
      'local/direction': 'error',
      eqeqeq: 'error',
      'no-undef': 'off',
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-new-func': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-restricted-syntax': [
        'error',
        { selector: 'TSEnumDeclaration', message: 'No enum: use a union of literals with a Record over it.' },
        {
          selector: 'ExportDefaultDeclaration[declaration.type!="ObjectExpression"]',
          message: 'No default export: name what you export, as the file is named.',
        },
        { selector: 'ExportAllDeclaration', message: 'No barrels: import from the file that defines it.' },
      ],
    },
  },
  {
    // Tools that demand a default export.
    files: ['*.config.{js,ts}', 'scripts/count-reporter.ts', 'tests/support/build-once.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
);
