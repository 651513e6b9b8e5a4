import { requirement, serviceUrl } from '@crema/check';

/* All that is promised of this subgraph, once more with its tables on a real server. */

const server = serviceUrl('postgres');

requirement('services', server !== undefined)('inventory on PostgreSQL', () => {
  beforeAll(() => {
    process.env['CREMA_TEST_DATABASE'] = server;
  });

  require('./access.test.ts');
  require('./demo.test.ts');
  require('./low-stock-crossings.test.ts');
  require('./low-stock.test.ts');
  require('./recipe-book.test.ts');
  require('./recipes.test.ts');
  require('./replicas.test.ts');
  require('./reservations.test.ts');
  require('./stock.test.ts');
  require('./stock-property.test.ts');
});
