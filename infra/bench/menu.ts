/**
 * Menu queries per second: the whole menu of one café with products, prices, option groups and options.
 * Usage: npm run bench:menu [-- SECONDS]
 */
import { stableId } from '@crema/kit';
import { Latencies, repeat } from './src/figures.ts';
import { GraphQLCaller } from './src/graphql.ts';
import { startServer } from './src/server.ts';

const SECONDS = Number(process.argv[2] ?? 10);
const MENU = `query Menu($cafeId: ID!) {
  menu(cafeId: $cafeId) {
    sections {
      category { id name }
      items {
        soldOut
        price { amount currencyCode }
        product {
          id sku name description allergens
          optionGroups { id name min max options { id name isDefault priceDelta { amount currencyCode } } }
        }
      }
    }
  }
}`;

const server = await startServer();
try {
  const variables = { cafeId: stableId('cafe/astoria') };
  const caller = new GraphQLCaller(server.url, 50);
  const body = await caller.text(MENU, variables);
  console.log(`menu: ${(body.length / 1024).toFixed(1)} KB`);
  await repeat(50, 2, () => caller.text(MENU, variables).then(() => undefined));

  for (const atOnce of [1, 50]) {
    const latencies = new Latencies();
    const seconds = await repeat(atOnce, SECONDS, async () => {
      const start = performance.now();
      const text = await caller.text(MENU, variables);
      if (text.length !== body.length) throw new Error('another answer than before');
      latencies.add(performance.now() - start);
    });
    console.log(
      `${atOnce} at once: ${(latencies.count / seconds).toFixed(0)} menus/s, ${latencies}`,
    );
  }
  console.log(
    `peak memory ${server.peakMemoryMb() ?? '?'} MB, processor ${server.cpuSeconds() ?? '?'} s`,
  );
  await caller.close();
} finally {
  await server.stop();
}
