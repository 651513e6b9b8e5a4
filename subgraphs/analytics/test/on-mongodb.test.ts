import { requirement, serviceUrl } from '@crema/check';

/* All that is promised of this subgraph, once more with its documents on a real server. */

/** Five years are many operations of a server that does other things as well. */
jest.setTimeout(180_000);

const server = serviceUrl('mongodb');

requirement('services', server !== undefined)('analytics on MongoDB', () => {
  beforeAll(() => {
    process.env['CREMA_TEST_DOCUMENTS'] = server;
  });

  require('./cost.test.ts');
  require('./access.test.ts');
  require('./any-order.test.ts');
  require('./figures.test.ts');
  require('./rebuild.test.ts');
  require('./rollups.test.ts');
  require('./ticker.test.ts');
  require('./time.test.ts');
  require('./past-sales.test.ts');
  require('./replicas.test.ts');
});
