import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as switchedOff from '../examples/switched-off.ts';
import * as tenants from '../examples/tenants.ts';
import { loadHooks } from '../src/hooks/load-hooks.ts';
import { RequestError, type Hooks, type RouterOptions } from '../src/index.ts';
import { definitions } from './support/hello.ts';
import { serve, type ServedRouter } from './support/serve.ts';

let served: ServedRouter | undefined;

afterEach(() => served?.router.close());

async function serveWith(
  hooks: Hooks,
  options: Partial<RouterOptions> = {},
): Promise<ServedRouter> {
  served = await serve(definitions, { hooks, ...options });
  return served;
}

describe('hooks', () => {
  it('give another request in the place of the one that came', async () => {
    const { post } = await serveWith({
      onRequest: ({ request, claims, address }) => {
        expect([claims, address]).toEqual([null, '127.0.0.1']);
        return { ...request, query: request.query?.replace('old', 'hello') };
      },
    });

    expect((await post({ query: '{ old }' })).body.errors).toBeUndefined();
  });

  it('refuse a request in their own words', async () => {
    const { post } = await serveWith({
      onRequest: () => {
        throw new RequestError([{ message: 'Closed', extensions: { code: 'CLOSED' } }], 503);
      },
    });

    const { status, body } = await post({ query: '{ hello }' });

    expect(status).toBe(503);
    expect(body.errors).toEqual([{ message: 'Closed', extensions: { code: 'CLOSED' } }]);
  });

  it('do not tell clients what is wrong with themselves', async () => {
    const { post } = await serveWith({
      onResponse: () => {
        throw new Error('a mistake at 10.0.0.7');
      },
    });

    const { status, body } = await post({ query: '{ hello }' });

    expect(status).toBe(500);
    expect(JSON.stringify(body)).not.toContain('10.0.0.7');
  });

  it('hear of a plan once, however often it runs', async () => {
    const plans: string[] = [];
    const { post } = await serveWith({
      onPlan: ({ plan }) => void plans.push(plan.node?.kind ?? ''),
    });

    await post({ query: '{ hello }' });
    await post({ query: '{ hello }' });

    expect(plans).toEqual(['RootFetch']);
  });

  it('change what a subgraph is asked, or answer in its place', async () => {
    const { post, subgraphs } = await serveWith({
      onSubgraphRequest: ({ subgraph, request }) =>
        request.query.includes('bad')
          ? { response: { data: { bad: `not by ${subgraph}` } } }
          : { request: { headers: { ...request.headers, 'x-hooked': 'yes' } } },
    });

    expect((await post({ query: '{ header(name: "x-hooked") }' })).body.data).toEqual({
      header: 'yes',
    });
    expect((await post({ query: '{ bad }' })).body).toEqual({ data: { bad: 'not by hello' } });
    expect(subgraphs.get('hello').requests).toHaveLength(1);
  });

  it('give another answer and headers', async () => {
    const { post } = await serveWith({
      onResponse: ({ json, operationName }) => ({
        json: json.replace('world', 'moon'),
        headers: { 'x-operation': operationName ?? '' },
      }),
    });

    const { body, headers } = await post({ query: 'query Greeting { hello }' });

    expect(body.data).toEqual({ hello: 'hello moon' });
    expect(headers.get('x-operation')).toBe('Greeting');
  });
});

describe('the examples', () => {
  it('switch operations off by their names', async () => {
    process.env['SWITCHED_OFF_OPERATIONS'] = 'Greeting,Other';
    const { post } = await serveWith(switchedOff);

    const { body, status } = await post({
      query: 'query Greeting { hello }',
      operationName: 'Greeting',
    });

    expect([status, body.errors?.[0]?.extensions]).toEqual([503, { code: 'SWITCHED_OFF' }]);
    expect((await post({ query: '{ hello }' })).status).toBe(200);
    delete process.env['SWITCHED_OFF_OPERATIONS'];
  });

  it('serve tenants', async () => {
    const { post } = await serveWith(tenants, { headers: { request: [{ forward: 'x-tenant' }] } });
    const query = 'query Shop { shop: header(name: "x-shop") tenant: header(name: "x-tenant") }';

    expect((await post({ query })).body.errors?.[0]?.extensions).toEqual({
      code: 'TENANT_MISSING',
    });
    const { body, headers } = await post({ query }, { 'x-tenant': 'north' });
    expect(body.data).toEqual({ shop: 'shop-north', tenant: null });
    expect(headers.get('x-operation')).toBe('Shop');
  });
});

describe('a module of hooks', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hooks-'));
  });

  afterAll(() => rm(folder, { recursive: true }));

  async function moduleOf(name: string, text: string): Promise<string> {
    const path = join(folder, name);
    await writeFile(path, text);
    return path;
  }

  it('gives the hooks that it exports', async () => {
    const path = await moduleOf('right.cjs', 'exports.onPlan = () => {}; exports.other = 1;');
    expect(Object.keys(await loadHooks(path))).toEqual(['onPlan']);
  });

  it.each([
    ['misspelt', 'exports.onReqest = () => {};', /onReqest is no hook; did you mean onRequest\?/],
    ['wrong', 'exports.onRequest = 1;', /onRequest must be a function/],
    ['empty', 'exports.other = 1;', /it exports none of onRequest, onPlan/],
    ['broken', 'throw new Error("cannot start");', /cannot start/],
  ])('is refused with one line when it is %s', async (name, text, message) => {
    await expect(loadHooks(await moduleOf(`${name}.cjs`, text))).rejects.toThrow(message);
  });
});
