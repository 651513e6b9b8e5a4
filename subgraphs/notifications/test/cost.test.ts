import { closeTestSubgraphs } from '@crema/kit/testing';
import { createTestNotifications } from './support.ts';

afterEach(closeTestSubgraphs);

describe('a notification', () => {
  it('that is listed and sent costs five operations on documents, the kept message included', async () => {
    const test = await createTestNotifications();
    await test.openCafe();
    await test.signUp('ada');
    await test.confirm('ada');
    await test.sendDue();

    test.operations.length = 0;
    await test.ready('ada');
    await test.running.subgraph.close();

    expect(test.operations).toEqual([
      'cafes.get',
      'preferences.get',
      'notifications.insert',
      'outbox.insert',
      'notifications.change',
    ]);
    expect((await test.outbox()).map(({ subject }) => subject)).toContain('Order A-17 is ready');
  });
});
