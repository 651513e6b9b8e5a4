/**
 * Orders per second from placed to CONFIRMED. Each customer places an order, sees it confirmed through the
 * café's live queue, and places the next.
 * Usage: npm run bench:place-order [-- SECONDS] [--distributed]
 * `--distributed` measures a second time with every part in a process of its own, on the servers of `npm run services`.
 */
import { Latencies, repeat } from './src/figures.ts';
import { startDistributedServer, startServer, type BenchServer } from './src/server.ts';
import { Shop } from './src/shop.ts';

const SECONDS = Number(process.argv.slice(2).find((each) => /^\d+$/.test(each)) ?? 10);
const CUSTOMERS = 50;

const starts = [startServer];
if (process.argv.includes('--distributed')) starts.push(startDistributedServer);

for (const start of starts) {
  const server = await start();
  try {
    await benchmark(server);
  } finally {
    await server.stop();
  }
}

async function benchmark(server: BenchServer): Promise<void> {
  const shop = await Shop.open(server.url, CUSTOMERS);
  let run = 0;
  console.log(`${server.name}:`);
  for (const atOnce of [1, CUSTOMERS]) {
    await measure(atOnce, 2);
    const { orders, placed, done, seconds, cpu } = await measure(atOnce, SECONDS);
    console.log(`${atOnce} at once: ${(orders / seconds).toFixed(0)} orders/s confirmed`);
    console.log(`  answer to placeOrder: ${placed}`);
    console.log(`  placed to CONFIRMED:  ${done}`);
    if (cpu !== null) console.log(`  processor: ${((cpu * 1000) / orders).toFixed(2)} ms an order`);
  }
  console.log(`peak memory ${server.peakMemoryMb() ?? '?'} MB`);
  await shop.close();

  async function measure(atOnce: number, forSeconds: number) {
    const placed = new Latencies();
    const done = new Latencies();
    const cpuBefore = server.cpuSeconds();
    run += 1;
    let orders = 0;
    const seconds = await repeat(atOnce, forSeconds, async (worker) => {
      const start = performance.now();
      const id = await shop.place(worker, `bench-${run}-${worker}-${orders++}`);
      placed.add(performance.now() - start);
      await shop.confirmed(id);
      done.add(performance.now() - start);
    });
    const cpuAfter = server.cpuSeconds();
    const cpu = cpuBefore === null || cpuAfter === null ? null : cpuAfter - cpuBefore;
    return { orders, placed, done, seconds, cpu };
  }
}
