import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { supergraphSource } from '../src/supergraph/source.ts';
import { SupergraphFeed } from '../src/supergraph/supergraph-feed.ts';
import { systemTimers, type Timers } from '../src/system/clock.ts';
import { until } from './support/events.ts';

const taken: string[] = [];
const warnings: string[] = [];
const log = {
  debug: () => undefined,
  info: () => undefined,
  warn: (fields: object) => void warnings.push(JSON.stringify(fields)),
  error: () => undefined,
};
let feed: SupergraphFeed;

function follow(place: string, pollMs = 0, timers: Timers = systemTimers): SupergraphFeed {
  feed = new SupergraphFeed({
    source: supergraphSource(place),
    reload: async (sdl) => void taken.push(sdl),
    pollMs,
    timers,
    random: { next: () => 0.5 },
    log,
  });
  return feed;
}

beforeEach(() => {
  taken.length = 0;
  warnings.length = 0;
});

afterEach(() => feed.close());

describe('a supergraph in a file', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'supergraph-'));
  });

  afterEach(() => rm(folder, { recursive: true }));

  it('is taken over when it is written anew', async () => {
    const path = join(folder, 'supergraph.graphql');
    await writeFile(path, 'first');
    follow(path);

    await writeFile(path, 'second');

    await until(() => taken.includes('second'));
  });

  it('is taken over when another file takes its place, again and again', async () => {
    const path = join(folder, 'supergraph.graphql');
    await writeFile(path, 'first');
    follow(path);

    for (const text of ['second', 'third']) {
      await writeFile(path + '.new', text);
      await rename(path + '.new', path);
      await until(() => taken.includes(text));
    }
  });

  it('is taken over when Kubernetes switches the config map that it is in', async () => {
    const version = async (name: string, text: string) => {
      await mkdir(join(folder, name));
      await writeFile(join(folder, name, 'supergraph.graphql'), text);
      await symlink(name, join(folder, '..data.new'));
      await rename(join(folder, '..data.new'), join(folder, '..data'));
    };
    await version('..1', 'first');
    await symlink(join('..data', 'supergraph.graphql'), join(folder, 'supergraph.graphql'));
    follow(join(folder, 'supergraph.graphql'));

    await version('..2', 'second');
    await until(() => taken.includes('second'));
    await version('..3', 'third');
    await until(() => taken.includes('third'));
  });

  it('stays when the file is gone or empty, which is said once', async () => {
    const path = join(folder, 'supergraph.graphql');
    follow(path);

    await feed.refresh();
    await feed.refresh();
    await writeFile(path, ' ');
    await feed.refresh();

    expect(taken).toEqual([]);
    expect(warnings).toHaveLength(2);
    expect(warnings[0]).toContain('there is no such file');
    expect(warnings[1]).toContain('it is empty');
  });
});

describe('a supergraph at a URL', () => {
  let server: Server;
  let url: string;
  const asked: IncomingHttpHeaders[] = [];
  let text: string;
  let status: number;

  beforeEach(async () => {
    asked.length = 0;
    text = 'first';
    status = 200;
    server = createServer((request, response) => {
      asked.push(request.headers);
      const etag = `"${text}"`;
      const isKnown = request.headers['if-none-match'] === etag;
      response.writeHead(isKnown ? 304 : status, { etag });
      response.end(isKnown ? undefined : text);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/supergraph`;
  });

  afterEach(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });

  it('is sent only when it has changed', async () => {
    follow(url);

    await feed.refresh();
    await feed.refresh();
    text = 'second';
    await feed.refresh();

    expect(taken).toEqual(['first', 'second']);
    expect(asked.map((headers) => headers['if-none-match'])).toEqual([
      undefined,
      '"first"',
      '"first"',
    ]);
  });

  it('stays while its server fails', async () => {
    follow(url);
    await feed.refresh();
    text = 'an error page';
    status = 500;

    await feed.refresh();

    expect(taken).toEqual(['first']);
    expect(warnings).toEqual([expect.stringContaining('the server answered 500')]);
  });

  it('is asked for at intervals, until it is followed no more', async () => {
    const timers = new ManualTimers();
    follow(url, 10_000, timers);
    expect(timers.delays).toEqual([10_000]);

    timers.run();
    await until(() => taken.length === 1 && timers.delays.length === 1);
    feed.close();

    expect(timers.delays).toEqual([]);
  });
});

/** Timers that run when a test says so. */
class ManualTimers implements Timers {
  private pending: { delayMs: number; run: () => void }[] = [];

  get delays(): number[] {
    return this.pending.map(({ delayMs }) => delayMs);
  }

  after(delayMs: number, run: () => void): () => void {
    const timer = { delayMs, run };
    this.pending.push(timer);
    return () => (this.pending = this.pending.filter((one) => one !== timer));
  }

  every(): () => void {
    throw new Error('Nothing is done at fixed intervals');
  }

  run(): void {
    for (const { run } of this.pending.splice(0)) run();
  }
}
