import { createRouter, type Logger, type RouterOptions } from '../src/index.ts';
import { bookshop } from './support/bookshop.ts';
import { composed, localSubgraphs } from './support/subgraphs.ts';

/** A router that tells which operations it planned beforehand. */
async function open(options: Partial<RouterOptions> = {}) {
  const told: { warmed: number; expected: number }[] = [];
  const failed: string[][] = [];
  const ignore = (): void => {};
  const logger: Logger = {
    debug: ignore,
    error: ignore,
    info: (fields) => void ('warmed' in fields && told.push(fields as (typeof told)[0])),
    warn: (fields) => void ('failed' in fields && failed.push(fields.failed as string[])),
  };
  const router = await createRouter({
    supergraph: composed(bookshop),
    transports: localSubgraphs(bookshop).transports,
    logger,
    ...options,
  });
  return { router, told, failed };
}

const manifestOf = (...bodies: string[]): string =>
  JSON.stringify({
    format: 'apollo-persisted-query-manifest',
    version: 1,
    operations: bodies.map((body, index) => ({ id: `op-${index}`, body })),
  });

const BOOKS = 'query Books { media { id title } }';
const PEOPLE = 'query People($more: Boolean!) { people { id name @include(if: $more) } }';

describe('warming up', () => {
  it('plans the operations of the manifest at the start', async () => {
    const { told, failed } = await open({ manifest: manifestOf(BOOKS, PEOPLE) });

    expect(told).toEqual([{ warmed: 2, expected: 2 }]);
    expect(failed).toEqual([]);
  });

  it('names what the supergraph does not allow, and starts', async () => {
    const { router, told, failed } = await open({ manifest: manifestOf('{ nonsense }', BOOKS) });

    expect(told).toEqual([{ warmed: 1, expected: 2 }]);
    expect(failed).toEqual([[expect.stringContaining('nonsense')]]);
    expect((await router.execute({ persistedId: 'op-1' })).errors).toBeUndefined();
  });

  it('plans what is in use before a new supergraph takes over', async () => {
    const { router, told } = await open();
    await router.execute({ query: BOOKS });
    await router.execute({ query: PEOPLE, variables: { more: true } });

    await router.reload(composed(bookshop) + '\n# the same, written anew');

    expect(told).toEqual([{ warmed: 2, expected: 2 }]);
  });

  it('forgets what the new supergraph has no more', async () => {
    const { router, told, failed } = await open();
    await router.execute({ query: BOOKS });
    await router.execute({ query: '{ people { id } }' });
    const without = { persons: bookshop['persons']! };

    await router.reload(composed(without));

    expect(told).toEqual([{ warmed: 1, expected: 2 }]);
    expect(failed).toHaveLength(1);
  });
});
