import { requirement, serviceUrl } from '@crema/check';
import { describeDatabase } from '../src/testing/database-contract.ts';
import { describeSharedDatabase } from '../src/testing/shared-database-contract.ts';

describeDatabase('SQLite', () => 'file:');

for (const [name, service] of [
  ['MySQL', 'mysql'],
  ['PostgreSQL', 'postgres'],
] as const) {
  const url = serviceUrl(service);
  requirement('services', url !== undefined)(name, () => {
    describeDatabase(name, () => url!);
    describeSharedDatabase(name, () => url!);
  });
}
