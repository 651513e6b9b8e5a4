import tseslint from 'typescript-eslint';
import { houseImports } from './house-imports.js';

/** Time and chance are injected: these few files make them, everything else is given them. */
const SYSTEM_ADAPTERS = [
  'subgraphs/kit/src/clock.ts',
  'subgraphs/kit/src/ids.ts',
  'router/src/system/*.ts',
  'infra/config/src/system.ts',
  'clients/sdk/src/timers.ts',
];

const INSTEAD = 'Time and chance are injected: ask for a Clock, Ids or Random.';

const CLOCK_AND_DICE = [
  ['Date', 'now'],
  ['Math', 'random'],
  ['performance', 'now'],
  ['crypto', 'randomUUID'],
  ['crypto', 'randomBytes'],
  ['crypto', 'getRandomValues'],
];
const TIMERS = ['setTimeout', 'setInterval', 'setImmediate'];
const CLOCK_MODULES = ['timers', 'timers/promises', 'perf_hooks'];
const RANDOM = ['randomUUID', 'randomBytes', 'randomInt', 'randomFill', 'randomFillSync'];

const bothNames = (module) => [module, `node:${module}`];

const timeAndChance = {
  'no-restricted-globals': ['error', ...TIMERS.map((name) => ({ name, message: INSTEAD }))],
  'no-restricted-properties': [
    'error',
    ...CLOCK_AND_DICE.map(([object, property]) => ({ object, property, message: INSTEAD })),
  ],
  'no-restricted-imports': [
    'error',
    ...CLOCK_MODULES.flatMap(bothNames).map((name) => ({ name, message: INSTEAD })),
    ...bothNames('crypto').map((name) => ({ name, importNames: RANDOM, message: INSTEAD })),
  ],
};

const NO_DEFAULT_EXPORT = {
  selector: 'ExportDefaultDeclaration',
  message: 'A file is named after its main export, and whoever imports it uses that name.',
};

const NO_HIDDEN_NOW = [
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: INSTEAD },
  { selector: "CallExpression[callee.name='Date']", message: INSTEAD },
];

/** The rules of the house, which need no types. */
export const house = [
  {
    files: ['**/*.ts', '**/*.tsx'],
    languageOptions: { parser: tseslint.parser },
    plugins: { house: { rules: { imports: houseImports } } },
    rules: { 'house/imports': 'error' },
  },
  {
    files: ['infra/*/src/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', NO_DEFAULT_EXPORT] },
  },
  {
    files: [
      '{subgraphs,clients}/*/src/**/*.{ts,tsx}',
      '{router,schema}/{src,events}/**/*.ts',
      'infra/config/src/**/*.ts',
    ],
    rules: {
      ...timeAndChance,
      'no-restricted-syntax': ['error', NO_DEFAULT_EXPORT, ...NO_HIDDEN_NOW],
    },
  },
  {
    files: SYSTEM_ADAPTERS,
    rules: {
      'no-restricted-globals': 'off',
      'no-restricted-properties': 'off',
      'no-restricted-imports': 'off',
      'no-restricted-syntax': ['error', NO_DEFAULT_EXPORT],
    },
  },
];
