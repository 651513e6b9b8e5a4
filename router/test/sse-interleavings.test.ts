import fc from 'fast-check';
import { until } from './support/events.ts';
import { held } from './support/live-orders.ts';
import { LiveRouter } from './support/live-router.ts';
import { Stream } from './support/stream.ts';

type Source = (typeof held.sources)[number];

/** What a reservation must be like. */
interface Model {
  readonly token: string;
  readonly operations: Map<string, Source>;
  /** By operation, what was told. */
  readonly told: string[];
  stream: Stream | undefined;
  isGone: boolean;
}

const ACTIONS = ['start', 'stop', 'connect', 'leave', 'publish'] as const;

const steps = fc.array(
  fc.record({
    action: fc.constantFrom(...ACTIONS),
    reservation: fc.nat(1),
    id: fc.constantFrom('a', 'b'),
  }),
  { minLength: 5, maxLength: 25 },
);

let live: LiveRouter;
let count = 0;

beforeAll(async () => {
  live = await LiveRouter.start({ rates: { perAddress: undefined, perUser: undefined } });
});

afterAll(() => live.router.close());

const ask = async (method: string, search: string, token = '', body?: object) => {
  const headers = { 'content-type': 'application/json', 'x-graphql-event-stream-token': token };
  const request = { method, headers, body: body && JSON.stringify(body) };
  return fetch(live.url + search, request);
};

async function reserved(): Promise<Model> {
  const token = await (await fetch(live.url, { method: 'PUT' })).text();
  return { token, operations: new Map(), told: [], stream: undefined, isGone: false };
}

const run: Record<(typeof ACTIONS)[number], (model: Model, id: string) => Promise<void>> = {
  async start(model, id) {
    count += 1;
    // No two ask the same, so each has a subscription of its own at the subgraph.
    const query = `subscription { changed { at n${count}: id } }`;
    const known = held.sources.length;
    const { status } = await ask('POST', '', model.token, {
      query,
      extensions: { operationId: id },
    });
    const isTaken = model.operations.has(id);
    expect(status).toBe(model.isGone ? 404 : isTaken ? 409 : 202);
    if (model.isGone || isTaken) return;
    await until(() => held.sources.length > known);
    model.operations.set(id, held.sources.at(-1) as Source);
  },
  async stop(model, id) {
    const { status } = await ask('DELETE', '?operationId=' + id, model.token);
    expect(status).toBe(model.isGone ? 404 : 200);
    model.operations.delete(id);
  },
  async connect(model) {
    const headers = { accept: 'text/event-stream', 'x-graphql-event-stream-token': model.token };
    const stream = await Stream.open(live.url, headers);
    expect(stream.status).toBe(model.isGone ? 404 : model.stream ? 409 : 200);
    if (!model.isGone) model.stream ??= stream;
  },
  async leave(model) {
    if (!model.stream) return;
    model.stream.leave();
    model.operations.clear();
    model.isGone = true;
    // The router hears of it some time later.
    while ((await ask('DELETE', '?operationId=none', model.token)).status !== 404);
  },
  async publish(model, id) {
    const source = model.operations.get(id);
    if (!source || !model.stream) return;
    count += 1;
    source.publish({ changed: { id: 'o', at: count } });
    model.told.push(`${id} ${count}`);
    await model.stream.has(`"at":${count},`);
  },
};

/** By operation, what a stream says. */
const toldBy = ({ text }: Stream): string[] =>
  [...text.matchAll(/event: next\ndata: \{"id":"(\w)".*?"at":(\d+)/g)].map(
    ([, id, at]) => `${id} ${at}`,
  );

it('gives each operation its own events, once and in order, and leaves nothing behind', async () => {
  const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));
  const property = fc.asyncProperty(steps, async (all) => {
    const models = [await reserved(), await reserved()];
    const open = () => models.reduce((sum, { operations }) => sum + operations.size, 0);
    for (const { action, reservation, id } of all) {
      const model = models[reservation] as Model;
      await run[action](model, id);
      await until(() => live.upstreams === open());
    }
    for (const { stream, told } of models) if (stream) expect(toldBy(stream)).toEqual(told);
    for (const { stream } of models) stream?.leave();
    live.clock.advance(30);
    await until(() => live.upstreams === 0);
  });
  try {
    await fc.assert(property, { seed, numRuns: Number(process.env['RUNS'] ?? 25) });
  } catch (failure) {
    throw new Error(`Repeat with SEED=${seed}`, { cause: failure });
  }
}, 300_000);
