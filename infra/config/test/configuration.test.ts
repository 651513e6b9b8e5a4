import { inspect } from 'node:util';
import fc from 'fast-check';
import { z } from 'zod';
import {
  Configuration,
  masked,
  nearestTo,
  readEnvironment,
  secretText,
  settingsOf,
  wholeNumber,
} from '../src/index.ts';
import { fileOf } from './support.ts';

const shape = z.object({
  PORT: wholeNumber(0, 65_535).default(4001).describe('Where it listens.'),
  PICKUP_MINUTES: wholeNumber(1, 60).default(15).describe('How long a slot is.'),
  NAME: z.string().optional().describe('What it is called.'),
  KEY: secretText('must be set').meta({ description: 'Signs.', secret: true }),
});

const KEY = 'a key that is long enough for everybody here';

const open = (env: Record<string, string>, defaultFile?: string) =>
  Configuration.open({ name: 'orders', env, shapes: [shape], ...(defaultFile && { defaultFile }) });

const read = (configuration: Configuration) =>
  configuration.read((env) => readEnvironment(shape, env))[0];

/** The lines of what is wrong. */
function wrong(work: () => unknown): readonly string[] {
  try {
    work();
  } catch (error) {
    return (error as Error).message.split('\n');
  }
  return [];
}

it('takes the environment before the file and the file before the defaults', () => {
  const file = fileOf('# a shop\nPORT=5000\nexport NAME="from the file"\n');
  const configuration = open({ CONFIG_FILE: file, PORT: '6000', KEY, NAME: '' });

  expect(read(configuration)).toEqual({
    PORT: 6000,
    PICKUP_MINUTES: 15,
    NAME: 'from the file',
    KEY,
  });
  expect(configuration.settings.get('PORT')?.origin).toBe('environment');
  expect(configuration.settings.get('NAME')?.origin).toBe(`${file}:3`);
});

it('reads its default file if there is one, and another when CONFIG_FILE names it', () => {
  const usual = fileOf('PORT=5000\n');
  expect(read(open({ KEY }, usual)).PORT).toBe(5000);
  expect(read(open({ KEY }, '/nowhere/.env')).PORT).toBe(4001);
  expect(read(open({ KEY, CONFIG_FILE: fileOf('PORT=7000') }, usual)).PORT).toBe(7000);
  expect(wrong(() => open({ KEY, CONFIG_FILE: '/nowhere' }))).toEqual([
    'CONFIG_FILE: cannot read /nowhere: there is no such file',
  ]);
});

it('tells everything that is wrong at once, with where it came from, and no value', () => {
  const file = fileOf(
    'KEY=short-secret\n\nPICKUP_MINUTE=10\nPICKUP_MINUTES=many\nSOMETHING_ELSE=1\n',
  );
  const configuration = open({
    CONFIG_FILE: file,
    PORT: 'eighty',
    REQUIRED_SETTINGS: 'NAME, PORT',
  });

  expect(wrong(() => read(configuration))).toEqual([
    'PORT: must be a whole number from 0 to 65535 (environment)',
    `PICKUP_MINUTES: must be a whole number from 1 to 60 (${file}:4)`,
    `KEY: must have at least 32 characters (${file}:1)`,
    'NAME: must be set: REQUIRED_SETTINGS names it',
    `PICKUP_MINUTE: is no setting; did you mean PICKUP_MINUTES? (${file}:3)`,
  ]);
  expect(configuration.unknown).toEqual([{ name: 'SOMETHING_ELSE', origin: `${file}:5` }]);
});

it('tells what is wrong with several reads once', () => {
  const configuration = open({ PORT: 'eighty', KEY });
  const again = (env: Record<string, string | undefined>) => readEnvironment(shape, env);
  expect(wrong(() => configuration.read(again, again))).toHaveLength(1);
});

it('leaves errors of another kind as they are', () => {
  const read = () => {
    throw new TypeError('a mistake of ours');
  };
  expect(() => open({ KEY }).read(read)).toThrow(TypeError);
});

describe('a file', () => {
  it('may quote values, over several lines too', () => {
    const file = fileOf(
      `PICKUP_MINUTES = 20 # minutes\r\nKEY="${KEY}\nand more"\r\nPORT='5000'\nNAME=\n`,
    );
    const configuration = open({ CONFIG_FILE: file });
    expect(read(configuration)).toEqual({
      PORT: 5000,
      PICKUP_MINUTES: 20,
      KEY: `${KEY}\nand more`,
    });
    expect(configuration.settings.get('PORT')?.origin).toBe(`${file}:4`);
  });

  it('is refused with the numbers of the lines that say nothing', () => {
    const file = fileOf('PORT=5000\nPORT 6000\n# fine\n\n{ "PORT": 1 }\n');
    expect(wrong(() => open({ CONFIG_FILE: file }))).toEqual([
      `${file}:2: must be NAME=VALUE, or a comment that begins with #`,
      `${file}:5: must be NAME=VALUE, or a comment that begins with #`,
    ]);
  });

  it('says the last where it says something twice, and the line of it', () => {
    const file = fileOf('PORT=5000\nPORT=eighty\n');
    expect(wrong(() => read(open({ CONFIG_FILE: file, KEY })))).toEqual([
      `PORT: must be a whole number from 0 to 65535 (${file}:2)`,
    ]);
  });

  it('may hold any value that can be quoted', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[ -&(-~]{1,40}$/), (value) => {
        const file = fileOf(`PORT=5000\nNAME='${value}'\n`);
        const given = open({ CONFIG_FILE: file, KEY }).settings.get('NAME');
        expect(given).toEqual({ value, origin: `${file}:2` });
      }),
      { numRuns: 50 },
    );
  });
});

it('knows of a shape what there is to say about each setting', () => {
  expect(settingsOf(shape)).toEqual([
    {
      name: 'PORT',
      description: 'Where it listens.',
      default: '4001',
      isRequired: false,
      isSecret: false,
    },
    {
      name: 'PICKUP_MINUTES',
      description: 'How long a slot is.',
      default: '15',
      isRequired: false,
      isSecret: false,
    },
    {
      name: 'NAME',
      description: 'What it is called.',
      default: null,
      isRequired: false,
      isSecret: false,
    },
    { name: 'KEY', description: 'Signs.', default: null, isRequired: true, isSecret: true },
  ]);
});

it('finds the name that was meant, and none where nothing is alike', () => {
  expect(nearestTo('PRT', ['PORT', 'HOST'])).toBe('PORT');
  expect(nearestTo('SEAL_SECRETS', ['CALLER_SECRET', 'SEAL_SECRET'])).toBe('SEAL_SECRET');
  expect(nearestTo('PATH', ['PORT', 'HOST'])).toBeUndefined();
});

it('shows no secret and nobody who signs in', () => {
  expect(masked('a secret', true)).toBe('••••••••');
  expect(masked('mysql://crema:p@ss/word@db:3306/crema?ssl=true', false)).toBe(
    'mysql://••••••••@db:3306/crema?ssl=true',
  );
  expect(masked('redis://cache?password=hush&db=1', false)).toBe(
    'redis://cache?password=••••••••&db=1',
  );
  expect(masked('kafka://a:9092,b:9092', false)).toBe('kafka://a:9092,b:9092');

  const word = fc.stringMatching(/^[A-Za-z0-9!@:/?#%&=+-]{8,20}$/);
  fc.assert(
    fc.property(word, (password) => {
      expect(masked(`postgres://crema:${password}@db/crema`, false)).toBe(
        'postgres://••••••••@db/crema',
      );
    }),
  );
});

it('keeps what Vault signs in with to itself when it is refused', () => {
  const env = { VAULT_ADDR: 'vault:8200', VAULT_TOKEN: 'hvs.secret', VAULT_ROLE: 'orders', KEY };
  expect(wrong(() => open(env))).toEqual([
    'VAULT_ADDR: must be an http or https URL (environment)',
  ]);
  expect(wrong(() => open({ ...env, VAULT_ADDR: 'http://vault:8200' }))).toEqual([
    'VAULT_ADDR: needs one of VAULT_TOKEN, VAULT_ROLE, not several (environment)',
  ]);
  expect(wrong(() => open({ VAULT_PATHS: '../sys' }))).toEqual([
    'VAULT_PATHS: must be paths such as crema/common,crema/{name} (environment)',
  ]);
  expect(inspect(open({ KEY }).vault)).toBe('null');
});
