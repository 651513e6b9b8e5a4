import { buildSchema } from 'graphql';
import { runProcess } from '../src/process/run-process.ts';
import type { RelationalDefinition } from '../src/index.ts';

/** A subgraph that a test runs as a process: it greets, at once or when it is let. */
const schema = buildSchema(
  'type Query { hello: String, slow: String, release: String } type Subscription { tick: Int }',
);
let release: (value: string) => void = () => undefined;
const fields = schema.getQueryType()!.getFields();
Object.assign(fields['hello']!, { resolve: () => 'world' });
Object.assign(fields['slow']!, {
  resolve: () =>
    new Promise((resolve) => {
      release = resolve;
    }),
});
Object.assign(fields['release']!, { resolve: () => release('at last') });
Object.assign(schema.getSubscriptionType()!.getFields()['tick']!, {
  subscribe: async function* () {
    yield { tick: 1 };
    await new Promise(() => undefined);
  },
});

const greeter: RelationalDefinition<object> = {
  name: 'greeter',
  storage: 'relational',
  entities: [],
  migrations: [],
  readConfig: () => ({}),
  create: async () => ({
    name: 'greeter',
    schema,
    consumers: [],
    jobs: [],
    close: async () => undefined,
  }),
};

await runProcess(greeter, process.env);
