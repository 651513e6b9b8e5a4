import { requirement, serviceUrl } from '@crema/check';

/* All that is promised of this subgraph, once more with its tables on a real server. */

const server = serviceUrl('mysql');

requirement('services', server !== undefined)('menu on MySQL', () => {
  beforeAll(() => {
    process.env['CREMA_TEST_DATABASE'] = server;
  });

  require('./cafe-offers.test.ts');
  require('./categories.test.ts');
  require('./change-product.test.ts');
  require('./create-product.test.ts');
  require('./least-extra.test.ts');
  require('./menu-cache.test.ts');
  require('./past-products.test.ts');
  require('./read-menu.test.ts');
});
