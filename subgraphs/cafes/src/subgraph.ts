import {
  createSchema,
  inOrder,
  Loader,
  type RelationalDefinition,
  type Subgraph,
  type SubgraphDeps,
} from '@crema/kit';
import { loadDemo } from './demo.ts';
import { Cafe } from './entities/cafe.ts';
import { openPastStore } from './events/past-stores.ts';
import { Cafes1700000001001 } from './migrations/1700000001001-cafes.ts';
import { CafeMutations } from './resolvers/cafe-mutations.ts';
import { CafeResolver } from './resolvers/cafe-resolver.ts';
import { CafeDirectory } from './services/cafe-directory.ts';
import { CafeEditor } from './services/cafe-editor.ts';
import { CafeService } from './services/cafe-service.ts';
import { OpeningHoursService } from './services/opening-hours-service.ts';
import { OrderingPause } from './services/ordering-pause.ts';

/** The same for everybody until it changes, which is told as an event, or until a café opens or closes. */
const SECONDS = 60;
const SECONDS_OF_THE_HOUR = 5;
const LIFETIMES = {
  'Query.cafe': SECONDS,
  'Query.cafeBySlug': SECONDS,
  'Query.cafes': SECONDS_OF_THE_HOUR,
  Cafe: SECONDS,
  'Cafe.isOpen': SECONDS_OF_THE_HOUR,
  'Cafe.acceptsOrders': SECONDS_OF_THE_HOUR,
  'Cafe.nextOpening': SECONDS_OF_THE_HOUR,
};

async function createCafes({ database, clock, ids }: SubgraphDeps): Promise<Subgraph> {
  const editor = new CafeEditor(database, clock);
  const byId = new Loader(async (keys) =>
    inOrder(keys, await database.findMany(Cafe, keys), ({ id }) => id),
  );

  return {
    name: 'cafes',
    lifetimes: LIFETIMES,
    schema: createSchema({
      resolvers: [
        new CafeResolver(new CafeDirectory(database, clock), byId, clock),
        new CafeMutations(
          new CafeService(editor, ids),
          new OpeningHoursService(editor),
          new OrderingPause(editor),
        ),
      ],
      references: { Cafe: ({ id }, { loaders }) => loaders.load(byId, id) },
    }),
    consumers: [openPastStore(clock)],
    jobs: [],
    loadDemo: () => loadDemo(database),
    close: async () => undefined,
  };
}

/** Where the cafés are, when they are open, and whether they take orders. */
export const cafes: RelationalDefinition<object> = {
  name: 'cafes',
  storage: 'relational',
  entities: [Cafe],
  migrations: [Cafes1700000001001],
  readConfig: () => ({}),
  create: createCafes,
};
