import { requirement, serviceUrl } from '@crema/check';

/* All that is promised of this subgraph, once more with its documents on a real server. */

const server = serviceUrl('mongodb');

requirement('services', server !== undefined)('notifications on MongoDB', () => {
  beforeAll(() => {
    process.env['CREMA_TEST_DOCUMENTS'] = server;
  });

  require('./config.test.ts');
  require('./cost.test.ts');
  require('./inbox.test.ts');
  require('./languages.test.ts');
  require('./letters.test.ts');
  require('./low-stock.test.ts');
  require('./occasions.test.ts');
  require('./once.test.ts');
  require('./outbox.test.ts');
  require('./preferences.test.ts');
  require('./providers.test.ts');
  require('./retries.test.ts');
  require('./secrecy.test.ts');
  require('./sending.test.ts');
  require('./smtp.test.ts');
  require('./replicas.test.ts');
  require('./suppression.test.ts');
  require('./webhooks.test.ts');
});
