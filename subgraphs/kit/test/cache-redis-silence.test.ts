import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import {
  afterArrivals,
  openCache,
  silentLogger,
  systemClock,
  type Cache,
  type Clock,
} from '../src/index.ts';

/** The answer to each call: a text without characters. */
const EMPTY = '$0\r\n\r\n';

/** What a client asks as soon as it is connected, before anybody else may. */
const GREETING = /\b(client|info)\b/i;

/** What speaks like a Redis that holds nothing, until it is silent but for greetings. */
class Listener {
  readonly connections: Socket[] = [];
  isSilent = false;
  /** How many calls came while it was silent. */
  unanswered = 0;
  private readonly server: Server;

  constructor() {
    this.server = createServer((socket) => {
      this.connections.push(socket);
      socket.on('error', () => undefined);
      socket.on('data', (data) => {
        // Each call is an array.
        const calls = data.toString().match(/^\*/gm)?.length ?? 0;
        if (this.isSilent && !GREETING.test(data.toString())) this.unanswered += calls;
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
let cache: Cache;

const clock: Clock = {
  now: () => new Date(nowMs),
  after: (ms, work) => systemClock.after(ms, work),
};

beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'Date'] });
  listener = new Listener();
  nowMs = 0;
});

afterEach(async () => {
  await cache.close();
  listener.close();
  jest.useRealTimers();
});

const open = async (url: string): Promise<void> => {
  cache = await openCache({ url, clock, log: silentLogger });
};

/** Asks when the server may be tried again, should it have been away. */
const ask = (): Promise<string | null> => {
  nowMs += 1_000;
  return cache.get('key');
};

/** Asks in vain, as soon as the server can be asked; the connection is there, and nobody at its other end. */
async function askInVain(): Promise<void> {
  listener.isSilent = true;
  const before = listener.unanswered;
  const answers: Promise<string | null>[] = [];
  await until(() => {
    answers.push(ask());
    return listener.unanswered > before;
  });
  jest.advanceTimersByTime(250);
  expect(new Set(await Promise.all(answers))).toEqual(new Set([null]));
}

/** Lets time pass until the server answers on another connection. */
async function reconnected(): Promise<void> {
  const before = listener.connections.length;
  await until(() => {
    jest.advanceTimersByTime(10);
    return listener.connections.length > before;
  });
  await until(async () => (await ask()) === '');
}

/** Looks again after every turn of the event loop. */
async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await afterArrivals();
}

describe('a connection to Redis', () => {
  it('is made anew when nothing came for five seconds after a call in vain', async () => {
    await open(await listener.url());
    expect(await ask()).toBe('');
    await askInVain();
    jest.advanceTimersByTime(4_999);
    expect(listener.connections[0]?.readableEnded).toBe(false);
    listener.isSilent = false;

    jest.advanceTimersByTime(1);

    await reconnected();
    expect(listener.connections).toHaveLength(2);
  });

  it('is made anew also when it was silent from the first call on', async () => {
    await open(await listener.url());
    await askInVain();
    listener.connections[0]?.destroy();
    await until(() => {
      jest.advanceTimersByTime(10);
      return listener.connections.length === 2;
    });
    await askInVain();
    listener.isSilent = false;

    jest.advanceTimersByTime(5_000);

    await reconnected();
    expect(listener.connections).toHaveLength(3);
  });

  it('stays when a later call was answered', async () => {
    await open(await listener.url());
    await askInVain();
    listener.speak();
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

    jest.advanceTimersByTime(60_000);

    expect(await ask()).toBe('');
    expect(listener.connections).toHaveLength(2);
  });
});

describe('what is left behind when a cache is closed', () => {
  it('is nothing where the server is away', async () => {
    const url = await listener.url();
    listener.close();
    await open(url);
    expect(await ask()).toBeNull();

    await cache.close();
    // As long as a call may take, and no longer.
    jest.advanceTimersByTime(250);

    expect(jest.getTimerCount()).toBe(0);
  });

  it('is nothing where calls are in flight that nobody answers', async () => {
    await open(await listener.url());
    await askInVain();
    const last = ask();

    await cache.close();
    jest.advanceTimersByTime(100);

    expect(await last).toBeNull();
    expect(jest.getTimerCount()).toBe(0);
  });
});
