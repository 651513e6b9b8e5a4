import { requirement, serviceUrl } from '@crema/check';

/* All that is promised of this subgraph, once more with its tables on a real server. */

const server = serviceUrl('postgres');

requirement('services', server !== undefined)('cafes on PostgreSQL', () => {
  beforeAll(() => {
    process.env['CREMA_TEST_DATABASE'] = server;
  });

  require('./find-cafes.test.ts');
  require('./geo.test.ts');
  require('./opening-hours.test.ts');
  require('./past-stores.test.ts');
  require('./pause-ordering.test.ts');
  require('./write-cafes.test.ts');
});
