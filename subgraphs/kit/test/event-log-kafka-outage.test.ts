import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as Control from '@crema/services/control';
import { requirement, serviceUrl } from '@crema/check';
import {
  pause,
  silentLogger,
  stableId,
  systemClock,
  type EventLog,
  type StoredEvent,
} from '../src/index.ts';
import { openKafkaEventLog } from '../src/events/kafka/event-log-kafka.ts';
import { until } from './kafka-scratch.ts';

async function freePort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return String(port);
}

const eventOf = (key: string, data: number): StoredEvent => ({
  id: stableId(`${key} ${data}`),
  type: 'tests.thing.happened',
  version: 1,
  topic: 'tests.things',
  key,
  source: 'tests',
  time: '2026-03-02T15:00:00.000Z',
  data,
});

async function duration(work: Promise<unknown>): Promise<number> {
  const start = systemClock.now().getTime();
  await work;
  return systemClock.now().getTime() - start;
}

/** A broker of its own, because it is stopped while others test. */
requirement('services', serviceUrl('kafka') !== undefined)('Kafka goes away', () => {
  let folder: string;
  let control: typeof Control;
  let url: string;
  let log: EventLog;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'crema-kafka-'));
    process.env['SERVICES_DATA'] = folder;
    process.env['SERVICES_KAFKA_PORT'] = await freePort();
    process.env['SERVICES_KAFKA_CONTROLLER_PORT'] = await freePort();
    url = `kafka://127.0.0.1:${process.env['SERVICES_KAFKA_PORT']}?partitions=4`;
    jest.resetModules();
    control = await import('@crema/services/control');
    await control.startService('kafka');
  }, 90_000);

  afterAll(async () => {
    await control.stopService('kafka');
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  beforeEach(() => {
    log = openKafkaEventLog({ url, clock: systemClock, log: silentLogger });
  });

  afterEach(async () => {
    await log.close();
    await control.startService('kafka');
  }, 90_000);

  it('and the log says so soon, then goes on where it was with all that came', async () => {
    const seen: number[] = [];
    const told: number[] = [];
    const handle = async (events: readonly StoredEvent[]) => {
      seen.push(...events.map(({ data }) => data as number));
    };
    await log.consume('readers', ['tests.things'], handle);
    await log.follow(['tests.things'], ({ data }) => void told.push(data as number));
    await log.append([eventOf('a', 0)]);
    await until(() => seen.length === 1 && told.length === 1, 20_000);

    await control.stopService('kafka');
    const refused = await duration(
      expect(log.append([eventOf('a', 1)])).rejects.toThrow(/Kafka|connect/i),
    );
    expect(refused).toBeLessThan(7_000);
    // Longer than a member of a group may be silent.
    await pause(systemClock, 10_000);
    await control.startService('kafka');

    const appended = (async () => {
      for (let next = 1; next <= 50;) {
        await log.append([eventOf('a', next)]).then(
          () => next++,
          () => pause(systemClock, 1_000),
        );
      }
    })();
    const drained = await duration(
      Promise.all([appended, until(() => seen.length >= 51 && told.length >= 51, 20_000)]),
    );
    expect(drained).toBeLessThan(10_000);
    expect(seen).toEqual(Array.from({ length: 51 }, (_, i) => i));
    expect([...new Set(told)]).toEqual(Array.from({ length: 51 }, (_, i) => i));
  }, 120_000);

  it('and the log closes soon', async () => {
    await log.consume('closers', ['tests.things'], async () => undefined);
    await log.follow(['tests.things'], () => undefined);
    await log.append([eventOf('b', 1)]);
    await log.idle();
    await control.killService('kafka');
    expect(await duration(log.close())).toBeLessThan(8_000);
  }, 120_000);

  it('and comes after the log', async () => {
    await control.stopService('kafka');
    const seen: number[] = [];
    await log.consume('early', ['tests.things'], async (events) => {
      seen.push(...events.filter(({ key }) => key === 'c').map(({ data }) => data as number));
    });
    await expect(log.append([eventOf('c', 1)])).rejects.toThrow();
    await control.startService('kafka');
    await log.append([eventOf('c', 1)]);
    await until(() => seen.length === 1, 20_000);
  }, 120_000);
});
