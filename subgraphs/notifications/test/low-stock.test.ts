import { stableId } from '@crema/kit';
import { closeTestSubgraphs, createTestSubgraph } from '@crema/kit/testing';
import { notifications } from '../src/subgraph.ts';
import { ASTORIA, createTestNotifications, type TestNotifications } from './support.ts';

afterEach(closeTestSubgraphs);

const TITLE = 'Oat milk is running low at Astoria';

async function withManager(options = {}): Promise<TestNotifications> {
  const test = await createTestNotifications(options);
  await test.openCafe();
  await test.signUp('manager', { roles: ['CUSTOMER', 'MANAGER'], workplaces: [ASTORIA] });
  return test;
}

const titles = async (test: TestNotifications) =>
  (await test.see({ sub: 'manager' })).notifications!.nodes.map(({ title }) => title);

const subjects = async (test: TestNotifications) =>
  (await test.outbox('manager@crema.test')).map(({ subject }) => subject);

describe('low stock', () => {
  it('is told once, although two processes are handed the fact at once, and once more for the next crossing', async () => {
    const test = await withManager({ isShared: true });
    const other = await createTestSubgraph(notifications, { replicaOf: test });
    const eventId = stableId('crossing');
    await test.runLow(ASTORIA, eventId);
    const [event] = await test.facts(eventId);
    await Promise.all(
      Array.from({ length: 8 }, async (_, index) => {
        const { consumers } = [test, other][index % 2]!.running.subgraph;
        const tell = consumers.find(({ name }) => name === 'notifications.tell-low-stock')!;
        if (tell.apply.kind !== 'idempotent') throw new Error('documents have no transactions');
        await tell.apply.run(event!);
      }),
    );
    await test.sendDue();
    expect(await titles(test)).toEqual([TITLE]);
    expect(await subjects(test)).toEqual([TITLE]);

    await test.runLow();
    await test.sendDue();
    expect(await titles(test)).toEqual([TITLE, TITLE]);
    expect(await subjects(test)).toEqual([TITLE, TITLE]);
  });

  it('is told to who is a manager there now, not to who was', async () => {
    const test = await withManager();
    await test.change('manager', { roles: ['CUSTOMER', 'MANAGER'], workplaces: ['cafe-2'] });
    await test.runLow();
    expect(await titles(test)).toEqual([]);
    await test.change('manager', {
      roles: ['CUSTOMER', 'MANAGER'],
      workplaces: ['cafe-2', ASTORIA],
    });
    await test.runLow();
    expect(await titles(test)).toEqual([TITLE]);
  });

  it('keeps to what its reader prefers', async () => {
    const test = await withManager();
    await test.ask(
      { sub: 'manager', roles: ['MANAGER'] },
      'mutation { setNotificationPreference(kind: LOW_STOCK, channels: [EMAIL]) { userErrors { code } } }',
    );
    await test.runLow();
    await test.sendDue();
    expect(await titles(test)).toEqual([]);
    expect(await subjects(test)).toEqual([TITLE]);
  });
});
