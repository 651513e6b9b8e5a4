import { requirement, serviceUrl } from '@crema/check';

/* All that is promised of this subgraph, once more with its tables on a real server. */

const server = serviceUrl('mysql');

requirement('services', server !== undefined)('accounts on MySQL', () => {
  beforeAll(() => {
    process.env['CREMA_TEST_DATABASE'] = server;
  });

  require('./audit-chain.test.ts');
  require('./audit-migration.test.ts');
  require('./audit.test.ts');
  require('./locale.test.ts');
  require('./reset-password.test.ts');
  require('./secrecy.test.ts');
  require('./sessions.test.ts');
  require('./sign-in.test.ts');
  require('./sign-up.test.ts');
  require('./staff.test.ts');
  require('./tokens.test.ts');
  require('./users.test.ts');
  require('./verify-audit.test.ts');
});
