import fc from 'fast-check';
import type { GraphQLSchema } from 'graphql';
import { loadSupergraph } from '../src/supergraph/supergraph.ts';
import { bookshop } from './support/bookshop.ts';
import { Issuer, TestClock } from './support/issuer.ts';
import { operations } from './support/operations.ts';
import { gateway, planners } from './support/planners.ts';
import { serve, type ServedRouter } from './support/serve.ts';
import { composed, type SubgraphDefinitions } from './support/subgraphs.ts';

/** How often a subgraph was made to compute something that only signed-in callers may see. */
let disclosed = 0;

const disclosing = (value: unknown) => () => {
  disclosed += 1;
  return value;
};

const { catalogue, persons, shipping } = bookshop;
if (!catalogue || !persons || !shipping) throw new Error('The bookshop has three subgraphs');

const guarded: SubgraphDefinitions = {
  catalogue: {
    typeDefs: catalogue.typeDefs
      .replace(
        'isbn: String! title: String pages: Int!',
        'isbn: String! title: String pages: Int! @authenticated',
      )
      .replace('id: ID! title: String minutes', 'id: ID! title: String @authenticated minutes')
      .replace('strict: Strict', 'strict: Strict @authenticated'),
    resolvers: {
      ...catalogue.resolvers,
      Query: {
        ...catalogue.resolvers['Query'],
        strict: disclosing({ sure: 'SECRET', maybe: 'SECRET' }),
      },
      Book: { ...catalogue.resolvers['Book'], pages: disclosing(4711) },
      Film: { ...catalogue.resolvers['Film'], title: disclosing('SECRET') },
    },
  },
  persons: {
    typeDefs: persons.typeDefs.replace('secretly: String', 'secretly: String @authenticated'),
    resolvers: {
      ...persons.resolvers,
      Person: { ...persons.resolvers['Person'], secretly: disclosing('SECRET') },
    },
  },
  shipping: {
    typeDefs: shipping.typeDefs.replace('type Review {', 'type Review @authenticated {'),
    resolvers: { ...shipping.resolvers, Review: { stars: disclosing(4711) } },
  },
};

describe.each([...planners, gateway])('planned by $name', (planner) => {
  let served: ServedRouter;
  let schema: GraphQLSchema;
  let authorization: string;

  beforeAll(async () => {
    const clock = new TestClock();
    const issuer = new Issuer(clock);
    authorization = 'Bearer ' + (await issuer.token(await issuer.newKey('k')));
    served = await serve(guarded, {
      jwt: issuer.jwt,
      clock,
      timers: clock,
      ...planner.options,
    });
    schema = loadSupergraph(composed(guarded)).apiSchema;
  });

  afterAll(() => served.router.close());

  it('never lets a visitor see or a subgraph compute what is withheld, whatever is asked', async () => {
    const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));
    const numRuns = Number(process.env['RUNS'] ?? 50);
    let refusals = 0;
    const property = fc.asyncProperty(
      operations(schema),
      fc.boolean(),
      fc.boolean(),
      async (query, a, b) => {
        disclosed = 0;
        const variables = { a, b };
        const seen = await served.router.execute({ query, variables });
        expect(disclosed).toBe(0);
        expect(JSON.stringify(seen)).not.toMatch(/SECRET|4711/);

        const known = await served.router.execute({ query, variables, headers: { authorization } });
        const codes = (known.errors ?? []).map((error) => error.extensions?.['code']);
        expect(codes).not.toContain('UNAUTHENTICATED');
        const isRefused = seen.errors?.some(
          (error) => error.extensions?.['code'] === 'UNAUTHENTICATED',
        );
        if (isRefused) refusals += 1;
        // Whoever is refused nothing sees the same as everybody.
        else expect(seen.data).toEqual(known.data);
      },
    );
    try {
      await fc.assert(property, { seed, numRuns });
    } catch (failure) {
      throw new Error(`Repeat with SEED=${seed}`, { cause: failure });
    }
    expect(refusals).toBeGreaterThan(0);
  }, 600_000);
});
