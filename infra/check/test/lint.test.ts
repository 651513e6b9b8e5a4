import { Linter } from 'eslint';
import { house } from '../lint/house.js';
import { root } from '../src/project.ts';

/** The rules that a line of code would break in a file. */
function brokenBy(code: string, file: string): readonly (string | null)[] {
  const linter = new Linter({ configType: 'flat', cwd: root });
  return linter
    .verify(code, house, { filename: `${root}/${file}` })
    .map(({ ruleId, message }) => ruleId ?? message);
}

const SERVICE = 'subgraphs/orders/src/services/place-order.ts';

describe('imports', () => {
  it.each([
    ["import { on } from '@crema/kit';", SERVICE],
    ["import { OrderPlaced } from '@crema/schema/events';", SERVICE],
    ["import { z } from 'zod';", SERVICE],
    ["import { Configuration } from '@crema/config';", 'router/src/main.ts'],
    ["import { Configuration } from '@crema/config';", 'subgraphs/kit/src/process/run-process.ts'],
    ["import { once } from '../once.ts';", SERVICE],
    [
      "import { createTestSubgraph } from '@crema/kit/testing';",
      'subgraphs/orders/test/support.ts',
    ],
    ["import { orders } from '@crema/orders';", 'infra/standalone/src/subgraphs.ts'],
    ["import { createRouter } from '@crema/router';", 'clients/sdk/test/support.ts'],
    ["import { createCrema } from '@crema/sdk';", 'clients/web/src/crema.ts'],
  ])('allow %s in %s', (code, file) => {
    expect(brokenBy(code, file)).toEqual([]);
  });

  it.each([
    ["import { menu } from '@crema/menu';", SERVICE],
    ["import { DEMO } from '../../../menu/src/demo-menu.ts';", SERVICE],
    ["export * from '@crema/router';", SERVICE],
    ["const menu = import('@crema/menu');", SERVICE],
    ["import { createTestSubgraph } from '@crema/kit/testing';", SERVICE],
    ["import { menu } from '@crema/menu';", 'subgraphs/orders/test/support.ts'],
    ["import { Money } from '@crema/kit';", 'router/src/router.ts'],
    ["import { Money } from '../../subgraphs/kit/src/values/money.ts';", 'router/src/router.ts'],
    ["import { OrderPlaced } from '@crema/schema/events';", 'subgraphs/kit/src/values/money.ts'],
    ["import { on } from '@crema/kit';", 'schema/events/orders.ts'],
    ["import { systemClock } from '@crema/kit';", 'infra/config/src/configuration.ts'],
    ["import { Configuration } from '@crema/config';", SERVICE],
    ["import { orders } from '@crema/orders';", 'clients/web/src/crema.ts'],
  ])('forbid %s in %s', (code, file) => {
    expect(brokenBy(code, file)).toEqual(['house/imports']);
  });
});

describe('time and chance', () => {
  const sources = [
    'Date.now();',
    'new Date();',
    'Date();',
    'setTimeout(() => undefined, 1);',
    'setInterval(() => undefined, 1);',
    'setImmediate(() => undefined);',
    'Math.random();',
    'performance.now();',
    'crypto.randomUUID();',
    "import { randomUUID } from 'node:crypto';",
    "import { randomBytes } from 'crypto';",
    "import { setTimeout } from 'node:timers/promises';",
  ];

  it.each(sources)('%s is forbidden in services, in the router and in clients', (code) => {
    for (const file of [SERVICE, 'router/src/router.ts', 'clients/sdk/src/crema.ts']) {
      expect(brokenBy(code, file)).toHaveLength(1);
    }
  });

  it.each(sources)('%s is for the system adapters and for tests', (code) => {
    const files = [
      'subgraphs/kit/src/clock.ts',
      'subgraphs/kit/src/ids.ts',
      'router/src/system/clock.ts',
      'subgraphs/orders/test/place-order.test.ts',
      'infra/bench/src/run.ts',
    ];
    for (const file of files) expect(brokenBy(code, file)).toEqual([]);
  });

  it('may be read from what was given', () => {
    expect(brokenBy('new Date(0); new Date(clock.now());', SERVICE)).toEqual([]);
  });
});

describe('exports', () => {
  it('have names', () => {
    expect(brokenBy('export default {};', SERVICE)).toEqual(['no-restricted-syntax']);
    expect(brokenBy('export default {};', 'infra/bench/src/run.ts')).toHaveLength(1);
    expect(brokenBy('export const placing = {};', SERVICE)).toEqual([]);
  });
});
