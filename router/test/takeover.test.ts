import { definitions } from './support/hello.ts';
import { serve, type ServedRouter } from './support/serve.ts';
import { composed } from './support/subgraphs.ts';

const TOKEN = 'a token that only those who deploy know';

const other = composed({
  hello: { typeDefs: 'type Query { hello(name: String): String }', resolvers: {} },
});

const errors: object[] = [];
const logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: (fields: object) => void errors.push(fields),
};

let served: ServedRouter;

beforeEach(async () => {
  errors.length = 0;
  served = await serve(definitions, { reloadToken: TOKEN, logger });
});

afterEach(() => served.router.close());

const push = (body: string, token = TOKEN, by = served): Promise<Response> =>
  by.fetch('/supergraph', { method: 'POST', body, headers: { authorization: `Bearer ${token}` } });

const health = async (by = served) =>
  (await (await by.fetch('/health')).json()) as {
    supergraph: { hash: string; refused?: { hash: string; reason: string } };
  };

describe('a supergraph that cannot be served', () => {
  it('is refused, and the old one serves on', async () => {
    const { hash } = served.router.supergraph;

    await expect(served.router.reload('type Query { nonsense: Int }')).rejects.toThrow('Invalid');

    expect(served.router.supergraph.hash).toBe(hash);
    expect((await served.post({ query: '{ header(name: "a") }' })).status).toBe(200);
  });

  it('is logged once, however often it is offered, with what is wrong and what is served', async () => {
    for (let times = 0; times < 3; times += 1) {
      await served.router.reload('type Query {').catch(() => undefined);
    }
    expect(errors).toEqual([
      {
        hash: expect.stringMatching(/^[\da-f]{64}$/),
        reason: expect.stringContaining('Syntax Error'),
        serving: served.router.supergraph.hash,
      },
    ]);

    await served.router.reload('type Query [').catch(() => undefined);
    expect(errors).toHaveLength(2);
  });

  it('is told of at /health until another one is served, in production without the reason', async () => {
    const developing = await serve(definitions, { mode: 'development' });
    for (const one of [served, developing]) {
      await one.router.reload('type Query {').catch(() => undefined);
    }

    const { supergraph } = await health();
    expect(supergraph.hash).toBe(served.router.supergraph.hash);
    expect(supergraph.refused?.reason).not.toContain('Syntax');
    expect((await health(developing)).supergraph.refused?.reason).toContain('Syntax');

    await served.router.reload(other);
    expect((await health()).supergraph.refused).toBeUndefined();
    await developing.router.close();
  });

  it('is forgotten when the one that is served is offered again', async () => {
    await served.router.reload('type Query {').catch(() => undefined);

    await served.router.reload(composed(definitions));

    expect(served.router.supergraph.refused).toBeUndefined();
  });
});

describe('pushing a supergraph', () => {
  it('lets it take over at once', async () => {
    const response = await push(other);

    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      serving: { hash: served.router.supergraph.hash, since: expect.any(String) },
    });
    expect((await served.post({ query: '{ slow }' })).body.errors).toHaveLength(1);
  });

  it('tells what is wrong with it, and by which one is served', async () => {
    const response = await push('type Query {');

    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({
      error: expect.stringContaining('Syntax Error'),
      serving: { hash: served.router.supergraph.hash },
    });
  });

  it.each(['another token', ''])('is refused with the token "%s"', async (token) => {
    const { hash } = served.router.supergraph;

    expect((await push(other, token)).status).toBe(401);

    expect(served.router.supergraph.hash).toBe(hash);
  });

  it('is not there without a token', async () => {
    const closed = await serve(definitions);
    expect((await push(other, TOKEN, closed)).status).toBe(404);
    await closed.router.close();
  });
});
