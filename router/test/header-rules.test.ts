import fc from 'fast-check';
import { isProtectedInRequests } from '../src/rules/protected-headers.ts';
import { headerRules, type HeaderRulesGiven } from '../src/rules/header-rules.ts';
import { RequestHeaders } from '../src/rules/request-headers.ts';
import { ResponseHeaders } from '../src/rules/response-headers.ts';
import { systemClock } from '../src/system/clock.ts';
import { definitions } from './support/hello.ts';
import { Issuer } from './support/issuer.ts';
import { serve } from './support/serve.ts';
import type { SubgraphResponse } from '../src/index.ts';

const requestHeaders = (...request: NonNullable<HeaderRulesGiven['request']>) =>
  new RequestHeaders(headerRules.parse({ request }).request);

/** What a subgraph gets of a client's headers. */
function passed(
  rules: RequestHeaders,
  headers: Record<string, string>,
  { subgraph = 'orders', claims = null as Record<string, unknown> | null } = {},
) {
  return rules.for(subgraph, rules.picked(headers), claims);
}

describe('headers for subgraphs', () => {
  const sent = { 'x-tenant': 'a', 'x-shop-id': '1', 'x-shop-lane': '2', other: '3' };

  it('are forwarded by name, under another name, by pattern, or by default', () => {
    expect(passed(requestHeaders({ forward: 'X-Tenant' }), sent)).toEqual({ 'x-tenant': 'a' });
    expect(passed(requestHeaders({ forward: 'x-tenant', as: 'x-shop' }), sent)).toEqual({
      'x-shop': 'a',
    });
    expect(passed(requestHeaders({ forwardMatching: '^x-shop-' }), sent)).toEqual({
      'x-shop-id': '1',
      'x-shop-lane': '2',
    });
    expect(passed(requestHeaders({ forward: 'x-region', default: 'eu' }), sent)).toEqual({
      'x-region': 'eu',
    });
  });

  it('are for all subgraphs, or for those that a rule names', () => {
    const rules = requestHeaders(
      { forward: 'x-tenant', subgraphs: ['orders'] },
      { insert: 'x-from', value: 'router', subgraphs: ['menu'] },
    );

    expect(passed(rules, sent, { subgraph: 'orders' })).toEqual({ 'x-tenant': 'a' });
    expect(passed(rules, sent, { subgraph: 'menu' })).toEqual({ 'x-from': 'router' });
  });

  it('are removed, also those that all get, in the order of the rules', () => {
    const rules = requestHeaders(
      { forwardMatching: '^x-' },
      { remove: 'x-tenant' },
      { remove: 'cookie' },
    );
    const headers = { ...rules.picked(sent), cookie: 'a=1', 'user-agent': 'tests' };

    expect(rules.for('orders', headers, null)).toEqual({
      'x-shop-id': '1',
      'x-shop-lane': '2',
      'user-agent': 'tests',
    });
  });

  it('tell a claim, which no client can say in its place', () => {
    const rules = requestHeaders({ insert: 'x-user', claim: 'sub' }, { forwardMatching: '^x-' });
    const forged = { 'x-user': 'admin' };

    expect(passed(rules, forged)).toEqual({});
    expect(passed(rules, forged, { claims: { sub: 'u1' } })).toEqual({ 'x-user': 'u1' });
    expect(passed(rules, forged, { claims: { sub: ['a', 1, true] } })).toEqual({
      'x-user': 'a,1,true',
    });
    expect(passed(rules, forged, { claims: { sub: 'two\r\nlines: 1' } })).toEqual({});
    expect(passed(rules, forged, { claims: { sub: { nested: 1 } } })).toEqual({});
  });

  it('are never those of the connection, of the message or of the router', () => {
    const names = [
      ...['host', 'content-length', 'connection', 'transfer-encoding', 'x-router-caller', 'te'],
      ...['x-request-id', 'x-forwarded-for', 'proxy-authorization', 'sec-websocket-key', 'upgrade'],
    ];
    for (const name of names) {
      expect(headerRules.safeParse({ request: [{ forward: name }] }).success).toBe(false);
      expect(headerRules.safeParse({ request: [{ forward: 'x-a', as: name }] }).success).toBe(
        false,
      );
      expect(headerRules.safeParse({ request: [{ insert: name, value: 'a' }] }).success).toBe(
        false,
      );
      expect(headerRules.safeParse({ request: [{ remove: name }] }).success).toBe(false);
    }
    const everything = requestHeaders({ forwardMatching: '' });
    const sentNames = Object.fromEntries([...names, 'x-mine'].map((name) => [name, 'forged']));

    expect(passed(everything, { ...sentNames, connection: 'x-secret', 'x-secret': '1' })).toEqual({
      'x-mine': 'forged',
    });
  });

  it('leave what the router says as it is, whatever the rules and the client say', () => {
    const names = fc.constantFrom(
      'x-a',
      'x-b',
      'cookie',
      'authorization',
      'x-router-caller',
      'host',
      'te',
    );
    const rule = fc.oneof(
      fc.record({ forward: names, as: fc.option(names, { nil: undefined }) }),
      fc.record({ forwardMatching: fc.constantFrom('', '^x-', 'r') }),
      fc.record({ insert: names, value: fc.constant('inserted') }),
      fc.record({ insert: names, claim: fc.constant('sub') }),
      fc.record({ remove: names }),
    );
    fc.assert(
      fc.property(fc.array(rule), fc.dictionary(names, fc.constant('sent')), (request, client) => {
        const checked = request.filter((one) => headerRules.safeParse({ request: [one] }).success);
        const rules = requestHeaders(...checked);
        const own = { 'x-router-caller': 'signed', 'x-request-id': 'id' };

        const result = rules.for('orders', { ...rules.picked(client), ...own }, { sub: 'u1' });

        expect(result).toMatchObject(own);
        const strange = Object.keys(result).filter(
          (name) => isProtectedInRequests(name) && !Object.hasOwn(own, name),
        );
        expect(strange).toEqual([]);
        for (const one of checked) {
          if ('insert' in one) expect(result[one.insert]).not.toBe('sent');
        }
      }),
    );
  });
});

describe('headers for clients', () => {
  const answered = (headers: Record<string, string | string[]>): SubgraphResponse => ({
    data: {},
    headers,
  });

  function told(
    response: NonNullable<HeaderRulesGiven['response']>,
    ...answers: [string, SubgraphResponse | undefined][]
  ) {
    const headers = new ResponseHeaders(headerRules.parse({ response }).response, false);
    for (const [subgraph, answer] of answers) headers.add(subgraph, answer);
    return headers.all(true);
  }

  it('are the last, the first or all of what subgraphs said', () => {
    const answers: [string, SubgraphResponse][] = [
      ['menu', answered({ 'X-Served-By': 'm' })],
      ['orders', answered({ 'x-served-by': 'o' })],
    ];

    expect(told([{ forward: 'x-served-by' }], ...answers)).toEqual({ 'x-served-by': 'o' });
    expect(told([{ forward: 'x-served-by', merge: 'first' }], ...answers)).toEqual({
      'x-served-by': 'm',
    });
    expect(told([{ forward: 'x-served-by', merge: 'all', as: 'by' }], ...answers)).toEqual({
      by: 'm, o',
    });
    expect(told([{ forward: 'x-served-by', subgraphs: ['menu'] }], ...answers)).toEqual({
      'x-served-by': 'm',
    });
  });

  it('are inserted and removed', () => {
    const rules = [
      { forwardMatching: '^x-' },
      { remove: 'x-powered-by' },
      { insert: 'x-router', value: 'yes' },
    ];
    const answer = answered({
      'x-powered-by': 'php',
      'x-a': '1',
      'set-cookie': ['a=1'],
      date: 'today',
    });

    expect(told(rules, ['menu', answer])).toEqual({ 'x-a': '1', 'x-router': 'yes' });
  });

  it.each([
    [['max-age=60, public', 'public, max-age=10'], 'max-age=10, public'],
    [['max-age=60, public', 'max-age=100, private'], 'max-age=60, private'],
    [['max-age=60, public', 'max-age=100'], 'max-age=60, private'],
    [['max-age=60, public', 'no-store'], 'no-store'],
    [['max-age=60, public', 'no-cache, max-age=5'], 'no-store'],
    [['max-age=60, public', undefined], 'no-store'],
  ])('make of the cache-control %p the strictest', (values, expected) => {
    const answers = values.map((value): [string, SubgraphResponse] => [
      'menu',
      answered(value === undefined ? {} : { 'cache-control': value }),
    ]);

    expect(told([{ forward: 'cache-control' }], ...answers)).toEqual({ 'cache-control': expected });
  });

  it('let no answer be kept that an error or a silent subgraph is part of', () => {
    const good = answered({ 'cache-control': 'max-age=60, public' });
    const rules = [{ forward: 'cache-control' }];

    expect(told(rules, ['menu', good], ['menu', undefined])['cache-control']).toBe('no-store');
    const faulty = { ...good, errors: [{ message: 'no' }] };
    expect(told(rules, ['menu', faulty])['cache-control']).toBe('no-store');
  });
});

describe('a router with rules', () => {
  it.each(['crema', 'gateway'] as const)('applies them, with the engine %s', async (engine) => {
    const issuer = new Issuer(systemClock);
    const key = await issuer.newKey('k1');
    const served = await serve(definitions, {
      engine,
      jwt: issuer.jwt,
      headers: {
        request: [{ forward: 'x-tenant' }, { insert: 'x-user', claim: 'sub' }],
        response: [{ forward: 'cache-control' }, { insert: 'x-router', value: 'yes' }],
      },
    });
    const token = await issuer.token(key);
    const query =
      '{ tenant: header(name: "x-tenant") user: header(name: "x-user") other: header(name: "x-other") }';

    const { body, headers } = await served.post(
      { query },
      { authorization: `Bearer ${token}`, 'x-tenant': 'a', 'x-user': 'forged', 'x-other': '1' },
    );

    expect(body.data).toEqual({ tenant: 'a', user: 'u1', other: null });
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-router')).toBe('yes');
    await served.router.close();
  });
});
