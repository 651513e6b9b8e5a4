import { requirement, serviceUrl } from '@crema/check';
import {
  openKafkaEventLog,
  silentLogger,
  systemClock,
  systemRandom,
  uuidV7,
} from '../src/index.ts';
import { describeEventLog } from '../src/testing/event-log-contract.ts';

const url = serviceUrl('kafka');
const ids = uuidV7(systemClock, systemRandom);

requirement('services', url !== undefined)('on a real server', () => {
  describeEventLog('Kafka', async () => {
    const prefix = `test-${ids.next()}.`;
    return {
      open: async () =>
        openKafkaEventLog({
          url: `${url}?prefix=${prefix}&partitions=4`,
          clock: systemClock,
          log: silentLogger,
        }),
      remove: async () => undefined,
    };
  });
});
