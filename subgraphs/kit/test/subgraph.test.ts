import { IsInt, Min } from 'class-validator';
import {
  Arg,
  Ctx,
  Directive,
  Field,
  FieldResolver,
  Int,
  InputType,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
  Subscription,
} from 'type-graphql';
import { Entity, type MigrationInterface, type QueryRunner } from 'typeorm';
import { z } from 'zod';
import {
  createLiveFeed,
  createSchema,
  createTable,
  idType,
  inOrder,
  IntColumn,
  intType,
  KeyColumn,
  Loader,
  Money,
  on,
  Payload,
  refused,
  stableId,
  type Context,
  type Database,
  type EventContract,
  type LiveFeed,
  type RelationalDefinition,
} from '../src/index.ts';
import { closeTestSubgraphs, createTestSubgraph } from '../src/testing/index.ts';

const CounterRaised: EventContract<{ by: number }> = {
  type: 'counters.counter.raised',
  version: 1,
  topic: 'counters.counters',
  data: z.object({ by: z.int() }),
};

@Directive('@key(fields: "id")')
@ObjectType({ description: 'Counts.' })
@Entity('counters')
class Counter {
  @Field(() => String, { description: 'Its name.' })
  @KeyColumn()
  id!: string;

  @Field(() => Int, { description: 'How far it is.' })
  @IntColumn()
  count!: number;

  @Field(() => Money, { description: 'What it is worth.' })
  get worth(): Money {
    return new Money(this.count * 100, 'USD');
  }
}

class CounterTable1700000000001 implements MigrationInterface {
  up(runner: QueryRunner) {
    return createTable(runner, 'counters', {
      columns: { id: idType(), count: intType() },
      key: ['id'],
    });
  }
  down(runner: QueryRunner) {
    return runner.dropTable('counters');
  }
}

@InputType({ description: 'How to raise.' })
class RaiseInput {
  @Field(() => String, { description: 'Which.' })
  id!: string;

  @Field(() => Int, { description: 'How much.' })
  @IsInt()
  @Min(1)
  by!: number;
}

@ObjectType({ description: 'The counter raised.' })
class RaisePayload extends Payload {
  @Field(() => Counter, { nullable: true, description: 'As it is now.' })
  counter?: Counter;
}

@Resolver(() => Counter)
class CounterResolver {
  constructor(
    private readonly database: Database,
    private readonly counters: Loader<Counter | null>,
    private readonly live: LiveFeed<Counter>,
  ) {}

  @Query(() => Counter, { nullable: true, description: 'One counter.' })
  counter(@Arg('id', () => String) id: string, @Ctx() context: Context): Promise<Counter | null> {
    return context.loaders.load(this.counters, id);
  }

  @FieldResolver(() => String, { description: 'Its name in capitals.' })
  title(@Root() counter: Counter): string {
    return counter.id.toUpperCase();
  }

  @Mutation(() => RaisePayload, { description: 'Raises a counter.' })
  async raise(@Arg('input', () => RaiseInput) input: RaiseInput): Promise<RaisePayload> {
    const counter = await this.database.transaction(async (tx) => {
      const counter = await tx.lock(Counter, input.id);
      if (!counter) throw refused('UNKNOWN_COUNTER', 'There is no such counter.', ['id']);
      counter.count += input.by;
      tx.update(Counter, counter.id, { count: counter.count });
      tx.publish(CounterRaised, counter.id, { by: input.by });
      tx.afterCommit(() => this.live.publish(counter.id, counter));
      return counter;
    });
    return Object.assign(new RaisePayload(), { counter });
  }

  @Subscription(() => Counter, {
    description: 'Every change.',
    topics: 'counterChanged',
  })
  counterChanged(@Root() counter: Counter, @Arg('id', () => String) _id: string): Counter {
    return counter;
  }
}

const counters: RelationalDefinition<object> = {
  name: 'counters',
  storage: 'relational',
  entities: [Counter],
  migrations: [CounterTable1700000000001],
  readConfig: () => ({}),
  async create({ database }) {
    await database.transaction(async (tx) => {
      if (!(await tx.find(Counter, 'a'))) tx.insert(Counter, { id: 'a', count: 0 } as Counter);
    });
    const byId = new Loader((ids: readonly string[]) =>
      database.findMany(Counter, ids).then((rows) => inOrder(ids, rows, ({ id }) => id)),
    );
    const live = createLiveFeed<Counter>();
    return {
      name: 'counters',
      schema: createSchema({
        resolvers: [new CounterResolver(database, byId, live)],
        subscriptions: { counterChanged: ({ id }) => live.subscribe(id as string) },
        references: { Counter: ({ id }, context) => context.loaders.load(byId, id) },
      }),
      consumers: [
        on(CounterRaised, 'counters.echo', async (tx, { key, data }) => {
          await (await tx.direct()).increment(Counter, { id: key }, 'count', data.by * 10);
        }),
      ],
      jobs: [],
      close: async () => undefined,
    };
  },
};

afterEach(closeTestSubgraphs);

describe('a subgraph made of the kit', () => {
  it('answers, publishes and applies its facts once', async () => {
    const test = await createTestSubgraph(counters);
    const raised = await test.ask(
      null,
      'mutation { raise(input: {id: "a", by: 2}) { counter { id title count worth { amount } } userErrors { code field } } }',
    );
    expect(raised).toEqual({
      data: {
        raise: {
          counter: { id: 'a', title: 'A', count: 2, worth: { amount: '2.00' } },
          userErrors: [],
        },
      },
    });
    const facts = await test.published(CounterRaised);
    expect(facts).toEqual([expect.objectContaining({ key: 'a', data: { by: 2 } })]);
    await test.tell(CounterRaised, 'a', { by: 1 }, stableId('twice'));
    await test.tell(CounterRaised, 'a', { by: 1 }, stableId('twice'));
    expect((await test.ask(null, '{ counter(id: "a") { count } }')).data).toEqual({
      counter: { count: 32 },
    });
  });

  it('answers refusals and wrong input as user errors that name the field', async () => {
    const test = await createTestSubgraph(counters);
    const query =
      'mutation ($id: String!, $by: Int!) { raise(input: {id: $id, by: $by}) { counter { id } userErrors { code field } } }';
    expect((await test.ask(null, query, { id: 'b', by: 1 })).data).toEqual({
      raise: { counter: null, userErrors: [{ code: 'UNKNOWN_COUNTER', field: ['id'] }] },
    });
    expect((await test.ask(null, query, { id: 'a', by: 0 })).data).toEqual({
      raise: { counter: null, userErrors: [{ code: 'INVALID_INPUT', field: ['by'] }] },
    });
  });

  it('tells subscribers of every change', async () => {
    const test = await createTestSubgraph(counters);
    const changes = await test.watch(
      null,
      'subscription { counterChanged(id: "a") { id count title } }',
    );
    const first = changes.next();
    await test.ask(null, 'mutation { raise(input: {id: "a", by: 2}) { userErrors { code } } }');
    expect((await first).value).toEqual({
      data: { counterChanged: { id: 'a', count: 2, title: 'A' } },
    });
    await changes.return();
  });

  it('forgets who leaves while nothing happens', async () => {
    const test = await createTestSubgraph(counters);
    const changes = await test.watch(null, 'subscription { counterChanged(id: "a") { id } }');
    const waiting = changes.next();
    await changes.return();
    expect(await waiting).toEqual({ value: undefined, done: true });
  });

  it('resolves references together and refuses who is not the router', async () => {
    const test = await createTestSubgraph(counters);
    test.statements.length = 0;
    const answer = await test.ask(
      null,
      'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Counter { count } } }',
      {
        r: [
          { __typename: 'Counter', id: 'a' },
          { __typename: 'Counter', id: 'zz' },
          { __typename: 'Counter', id: 'a' },
        ],
      },
    );
    expect(answer).toEqual({ data: { _entities: [{ count: 0 }, null, { count: 0 }] } });
    expect(test.statements.filter((sql) => sql.includes('counters'))).toHaveLength(1);
    const unsigned = await test.running.endpoint.execute({
      query: '{ counter(id: "a") { count } }',
      variables: {},
      headers: {},
    });
    expect(unsigned.errors?.[0]?.extensions).toMatchObject({ code: 'UNSIGNED_CALLER' });
  });
});
