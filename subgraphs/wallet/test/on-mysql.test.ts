import { requirement, serviceUrl } from '@crema/check';

/* All that is promised of this subgraph, once more with its tables on a real server. */

const server = serviceUrl('mysql');

requirement('services', server !== undefined)('wallet on MySQL', () => {
  beforeAll(() => {
    process.env['CREMA_TEST_DATABASE'] = server;
  });

  require('./access.test.ts');
  require('./books-property.test.ts');
  require('./demo.test.ts');
  require('./funding.test.ts');
  require('./history.test.ts');
  require('./ledger.test.ts');
  require('./payment.test.ts');
  require('./provider.test.ts');
  require('./refund.test.ts');
  require('./replicas.test.ts');
  require('./transfer.test.ts');
});
