import tseslint from 'typescript-eslint';
import { house } from './infra/check/lint/house.js';

/** Few rules, each for a reason; how code looks is Prettier's alone. */
export default [
  { ignores: ['**/dist/', '**/coverage/', '.data/', '**/*.d.ts'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  ...house,
  {
    files: ['**/*.ts', '**/*.tsx'],
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname },
    },
    plugins: { '@typescript-eslint': tseslint.plugin },
    rules: {
      // With it, what is imported at run time can be seen from the import.
      '@typescript-eslint/consistent-type-imports': 'error',
      // A promise that nobody waits for loses its error, and outlives the transaction it belongs to.
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      // `any` switches off every other check, and spreads.
      '@typescript-eslint/no-explicit-any': 'error',
      // A new status must be thought of wherever statuses are told apart.
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      // What nothing uses misleads who reads.
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
    },
  },
];
