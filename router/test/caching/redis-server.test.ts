import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { RedisServer } from '../../src/caching/redis-server.ts';
import { systemTimers } from '../../src/system/clock.ts';
import { silentLogger } from '../../src/system/logger.ts';
import { until } from '../support/events.ts';

/** The answer to each call: a text without characters. */
const EMPTY = '$0\r\n\r\n';

/** What speaks like a Redis that holds nothing, until it is silent. */
class Listener {
  readonly connections: Socket[] = [];
  isSilent = false;
  /** What was asked while it was silent. */
  unanswered = 0;
  private readonly server: Server;

  constructor() {
    this.server = createServer((socket) => {
      this.connections.push(socket);
      socket.on('error', () => undefined);
      socket.on('data', (data) => {
        // Each call is an array.
        const calls = data.toString().match(/^\*/gm)?.length ?? 0;
        if (this.isSilent) this.unanswered += calls;
        else socket.write(EMPTY.repeat(calls));
      });
    });
  }

  async url(): Promise<string> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return `redis://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Answers what it has not answered yet, and what will be asked. */
  speak(): void {
    this.isSilent = false;
    this.connections[0]?.write(EMPTY.repeat(this.unanswered));
  }

  close(): void {
    for (const connection of this.connections) connection.destroy();
    this.server.close();
  }
}

let listener: Listener;
let nowMs: number;
let redis: RedisServer;

beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'Date'] });
  listener = new Listener();
  nowMs = 0;
});

afterEach(() => {
  redis.close();
  listener.close();
  jest.useRealTimers();
});

async function open(url: string): Promise<void> {
  const clock = { now: () => new Date(nowMs) };
  redis = new RedisServer({ url, clock, timers: systemTimers, log: silentLogger });
  await redis.tried();
}

const ask = () => redis.ask((server) => server.get('key'));

/** Asks in vain; the connection is there, and nobody at its other end. */
async function askInVain(): Promise<void> {
  listener.isSilent = true;
  nowMs += 1_000;
  const before = listener.unanswered;
  const answer = ask();
  await until(() => listener.unanswered > before);
  jest.advanceTimersByTime(250);
  expect(await answer).toBeUndefined();
}

/** Lets time pass until the server is asked by another connection. */
async function reconnected(): Promise<void> {
  const before = listener.connections.length;
  await until(() => {
    jest.advanceTimersByTime(10);
    return listener.connections.length > before;
  });
  await redis.tried();
}

describe('a connection', () => {
  it('is made anew when nothing came for five seconds after a call in vain', async () => {
    await open(await listener.url());
    expect(await ask()).toBe('');
    await askInVain();
    jest.advanceTimersByTime(4_999);
    expect(listener.connections[0]?.readableEnded).toBe(false);
    listener.isSilent = false;

    jest.advanceTimersByTime(1);

    await reconnected();
    nowMs += 1_000;
    expect(await ask()).toBe('');
    expect(listener.connections).toHaveLength(2);
  });

  it('stays when a later call was answered', async () => {
    await open(await listener.url());
    await askInVain();
    listener.speak();
    nowMs += 1_000;
    expect(await ask()).toBe('');

    jest.advanceTimersByTime(60_000);

    expect(await ask()).toBe('');
    expect(listener.connections).toHaveLength(1);
  });

  it('does not end for what befell the one before', async () => {
    await open(await listener.url());
    await askInVain();
    listener.isSilent = false;
    listener.connections[0]?.destroy();
    await reconnected();
    nowMs += 1_000;
    expect(await ask()).toBe('');

    jest.advanceTimersByTime(60_000);

    expect(await ask()).toBe('');
    expect(listener.connections).toHaveLength(2);
  });
});

describe('what is left behind when it is closed', () => {
  it('is nothing where the server is away', async () => {
    const url = await listener.url();
    listener.close();
    await open(url);
    expect(await ask()).toBeUndefined();

    redis.close();
    jest.advanceTimersByTime(100);

    expect(jest.getTimerCount()).toBe(0);
  });

  it('is nothing where calls are in flight that nobody answers', async () => {
    await open(await listener.url());
    await askInVain();
    nowMs += 1_000;
    const last = ask();

    redis.close();
    jest.advanceTimersByTime(100);

    expect(await last).toBeUndefined();
    expect(jest.getTimerCount()).toBe(0);
  });
});
