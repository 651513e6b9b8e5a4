import { requirement, serviceUrl } from '@crema/check';
import type { Crema as Client } from '@crema/sdk';
import { coffeeFromSignUpToCollected } from '../../standalone/test/coffee.ts';
import { signIn } from '../../standalone/test/support.ts';
import { eventually, itExplains, startTest, type TestDistributed } from './support.ts';

const [mongodb, kafka, redis] = (['mongodb', 'kafka', 'redis'] as const).map(serviceUrl);

describe.each(['mysql', 'postgres'] as const)('in processes of its own, on %s', (engine) => {
  const sql = serviceUrl(engine);
  const servers = sql && mongodb && kafka && redis ? { sql, mongodb, kafka, redis } : null;

  requirement('services', servers !== null)('a coffee', () => {
    let test: TestDistributed;
    let manager: Client;
    const it = itExplains(() => test);

    beforeAll(async () => {
      test = await startTest(servers!);
      // The demo's cafés come to those who work there, and the menu to the orders, by events.
      manager = await eventually(() => signIn(test.url, 'manager'));
    }, 180_000);

    afterAll(async () => {
      await manager?.close();
      await test?.remove();
    }, 120_000);

    it('is ordered, watched, made and collected', async () => {
      await coffeeFromSignUpToCollected(test.url, manager, eventually);
    }, 60_000);
  });
});
