import { randomUUID } from 'node:crypto';
import { requirement, serviceUrl } from '@crema/check';
import { createConnection } from 'mongoose';
import { openDocuments, systemClock } from '../src/index.ts';
import { describeDocuments } from '../src/testing/documents-contract.ts';

const server = serviceUrl('mongodb');

requirement('services', server !== undefined)('MongoDB', () => {
  describeDocuments('MongoDB', async () => {
    const url = `${server}/crema_test_${randomUUID()}`;
    return {
      open: () => openDocuments({ url, clock: systemClock }),
      remove: async () => {
        const connection = await createConnection(url).asPromise();
        await connection.dropDatabase();
        await connection.close();
      },
    };
  });
});
