import { createHash } from 'node:crypto';
import { InvalidManifestError } from '../src/index.ts';
import { definitions } from './support/hello.ts';
import { serve, type HttpAnswer, type ServedRouter } from './support/serve.ts';
import { connectTo } from './support/socket.ts';
import type { Logger } from '../src/index.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const hashed = (sha256Hash: string) => ({ persistedQuery: { version: 1, sha256Hash } });
const codeOf = ({ body }: HttpAnswer): unknown => body.errors?.[0]?.extensions['code'];

const QUERY = '{ hello }';
const extensions = hashed(sha256(QUERY));
const ANSWER = { data: { hello: 'hello world' } };

const manifest = JSON.stringify({
  format: 'apollo-persisted-query-manifest',
  version: 1,
  operations: [
    { id: 'hello-1', name: 'Hello', type: 'query', body: 'query Hello {\n  hello\n}' },
    { id: 'greet-1', name: 'Greet', type: 'mutation', body: 'mutation Greet { greet }' },
  ],
});

let served: ServedRouter;

afterEach(() => served.router.close());

describe('automatic persisted queries', () => {
  it('are asked for by hash once they were sent with it', async () => {
    served = await serve(definitions);

    const unknown = await served.post({ extensions });
    const registered = await served.post({ query: QUERY, extensions });
    const known = await served.post({ extensions });

    expect(unknown.status).toBe(200);
    expect(unknown.body.errors).toEqual([
      { message: 'PersistedQueryNotFound', extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } },
    ]);
    expect([registered.body, known.body]).toEqual([ANSWER, ANSWER]);
  });

  it('are asked for by GET', async () => {
    served = await serve(definitions);
    await served.post({ query: QUERY, extensions });
    const path = '/graphql?extensions=' + encodeURIComponent(JSON.stringify(extensions));

    const answer = await served.fetch(path, { headers: { 'apollo-require-preflight': 'yes' } });

    expect(await answer.json()).toEqual(ANSWER);
  });

  it('are not kept when the hash is another one, or the operation is wrong', async () => {
    served = await serve(definitions);

    const mismatch = await served.post({ query: '{ bad }', extensions });
    const invalid = await served.post({ query: '{ no }', extensions: hashed(sha256('{ no }')) });

    expect(codeOf(mismatch)).toBe('BAD_REQUEST');
    expect(codeOf(invalid)).toBe('GRAPHQL_VALIDATION_FAILED');
    expect(codeOf(await served.post({ extensions }))).toBe('PERSISTED_QUERY_NOT_FOUND');
    const again = await served.post({ extensions: hashed(sha256('{ no }')) });
    expect(codeOf(again)).toBe('PERSISTED_QUERY_NOT_FOUND');
  });

  it('can be switched off', async () => {
    served = await serve(definitions, { automaticPersistedQueries: false });

    expect((await served.post({ query: QUERY, extensions })).body).toEqual(ANSWER);
    expect((await served.post({ extensions })).body.errors).toEqual([
      {
        message: 'PersistedQueryNotSupported',
        extensions: { code: 'PERSISTED_QUERY_NOT_SUPPORTED' },
      },
    ]);
  });

  it.each([
    ['another version', { persistedQuery: { version: 2, sha256Hash: 'a' } }],
    ['no hash', { persistedQuery: { version: 1 } }],
    ['no object', { persistedQuery: 'a' }],
  ])('are refused with %s', async (_name, wrong) => {
    served = await serve(definitions);

    const answer = await served.post({ query: QUERY, extensions: wrong });

    expect(answer.status).toBe(400);
    expect(codeOf(answer)).toBe('BAD_REQUEST');
  });
});

describe('operations of a manifest', () => {
  it.each([
    ['a hash', { extensions: hashed('hello-1') }],
    ['a document id', { documentId: 'hello-1' }],
  ])('are asked for by their id as %s', async (_name, body) => {
    served = await serve(definitions, { manifest });

    expect((await served.post(body)).body).toEqual(ANSWER);
  });

  it('are asked for over WebSocket', async () => {
    served = await serve(definitions, { manifest, safelist: 'enforce' });
    const { socket, send, until, received } = await connectTo(served.url, {});
    await until('connection_ack');
    const payload = { query: '', extensions: hashed('hello-1') };
    send({ id: '1', type: 'subscribe', payload });
    send({ id: '2', type: 'subscribe', payload: { query: QUERY } });
    await until('next');
    await until('error');

    expect(received.find(({ type }) => type === 'next')?.payload).toEqual(ANSWER);
    expect(received.find(({ id, type }) => id === '2' && type === 'error')?.payload).toEqual([
      expect.objectContaining({ extensions: { code: 'QUERY_NOT_IN_SAFELIST' } }),
    ]);
    socket.close();
  });

  it.each([
    ['no JSON', '{'],
    ['another format', '{"format":"x","version":1,"operations":[]}'],
    ['no version', manifest.replace('"version":1', '"version":2')],
    ['an id twice', manifest.replace('greet-1', 'hello-1')],
    ['what is no GraphQL', manifest.replace('mutation Greet { greet }', 'mutation \\u0001')],
  ])('cannot be read from a manifest with %s', async (_name, wrong) => {
    served = await serve(definitions);

    await expect(serve(definitions, { manifest: wrong })).rejects.toThrow(InvalidManifestError);
  });
});

describe('a safelist', () => {
  const lines: [object, string][] = [];
  const logger: Logger = {
    debug: () => {},
    info: () => {},
    warn: (fields, message) => void lines.push([fields, message]),
    error: () => {},
  };

  it('that is enforced refuses every other operation', async () => {
    served = await serve(definitions, { manifest, safelist: 'enforce' });

    const listed = await served.post({ query: 'query Hello { hello } # laid out otherwise' });
    const unlisted = await served.post({ query: QUERY });
    const registered = await served.post({ query: QUERY, extensions });

    expect(listed.body).toEqual(ANSWER);
    expect([unlisted.status, codeOf(unlisted)]).toEqual([403, 'QUERY_NOT_IN_SAFELIST']);
    expect(codeOf(registered)).toBe('QUERY_NOT_IN_SAFELIST');
    expect(served.subgraphs.get('hello').requests).toHaveLength(1);
  });

  it('that reports lets others pass and tells of each once, without its text', async () => {
    lines.length = 0;
    served = await serve(definitions, { manifest, safelist: 'report', logger });
    const query = 'query Other { hello(name: "Ada") }';

    await served.post({ query: 'query Hello { hello }' });
    const other = await served.post({ query });
    await served.post({ query });

    expect(other.body).toEqual({ data: { hello: 'hello Ada' } });
    expect(lines).toEqual([
      [
        { requestId: expect.any(String) as string, hash: sha256(query), operation: 'Other' },
        'An operation is not in the safelist',
      ],
    ]);
  });

  it('needs a manifest', async () => {
    served = await serve(definitions);

    await expect(serve(definitions, { safelist: 'enforce' })).rejects.toThrow(InvalidManifestError);
  });
});
