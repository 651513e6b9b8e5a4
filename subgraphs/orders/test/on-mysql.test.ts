import { requirement, serviceUrl } from '@crema/check';

/* All that is promised of this subgraph, once more with its tables on a real server. */

const server = serviceUrl('mysql');

requirement('services', server !== undefined)('orders on MySQL', () => {
  beforeAll(() => {
    process.env['CREMA_TEST_DATABASE'] = server;
  });

  require('./live-estimate.test.ts');
  require('./live-status.test.ts');
  require('./not-collected.test.ts');
  require('./order-ahead.test.ts');
  require('./order-history.test.ts');
  require('./order-life.test.ts');
  require('./order-machine.test.ts');
  require('./order-saga.test.ts');
  require('./partial-refund.test.ts');
  require('./pickup-slots.test.ts');
  require('./place-order.test.ts');
  require('./price-order.test.ts');
  require('./quote-order.test.ts');
  require('./read-orders.test.ts');
  require('./refund-order.test.ts');
  require('./refund-parts.test.ts');
  require('./refunds-migration.test.ts');
  require('./replicas.test.ts');
  require('./schedule-queue.test.ts');
  require('./wait-simulation.test.ts');
  require('./work-queue.test.ts');
});
