/**
 * What figures cost as data grows: three cafés with 1,000 orders a day, for a month, one, two and five years, each asked
 * for all there is; on the embedded store, and on MongoDB where its server is up. Prints a table in Markdown.
 * Usage: npm run bench:analytics [-- SALES_A_DAY]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { analytics, openBooks, type Books } from '@crema/analytics';
import { serviceUrl } from '@crema/check';
import {
  CALLER_HEADER,
  createMemoryCache,
  openDocuments,
  openEmbeddedEventLog,
  openSubgraph,
  signCaller,
  silentLogger,
  systemClock,
  systemRandom,
  uuidV7,
  type DocumentSubgraphDeps,
} from '@crema/kit';
import { countedReads, type Reads } from './src/counted-reads.ts';
import { Latencies } from './src/figures.ts';
import { seededNumbers, writeDay } from './src/past-days.ts';

/** Only the count of customers is made of the sales themselves; all of them would take an hour to write. */
const SALES_A_DAY = Number(process.argv[2] ?? 100);
const CAFES = ['astoria', 'harlem', 'tribeca'];
const SPANS = [
  { name: '1 month', days: 31 },
  { name: '1 year', days: 365 },
  { name: '2 years', days: 730 },
  { name: '5 years', days: 1_826 },
];
const REPETITIONS = 10;
const SECRET = 'a secret that only this benchmark knows';
const DAY_MS = 86_400_000;

const MONEY = '{ amount currencyCode }';
const QUESTIONS = {
  totals: `salesSummary(filter: $filter) { revenue ${MONEY} orders items averageOrder ${MONEY} refunds ${MONEY} }`,
  preparation: `salesSummary(filter: $filter) { medianPreparationSeconds p90PreparationSeconds }`,
  customers: `salesSummary(filter: $filter) { customers }`,
  topProducts: `topProducts(filter: $filter) { productName category revenue ${MONEY} items }`,
  byHourOfDay: `salesByHourOfDay(filter: $filter) { hour revenue ${MONEY} orders }`,
  byMonth: `salesSeries(filter: $filter, interval: MONTH) { startsAt revenue ${MONEY} orders items }`,
};

console.log(`${cpus()[0]?.model}, ${cpus().length} processors, Node ${process.version}`);
const folder = mkdtempSync(join(tmpdir(), 'crema-bench-'));
try {
  await measure('the embedded store', (name) => `file:${join(folder, `${name}.db`)}`);
  const server = serviceUrl('mongodb');
  if (server === undefined) console.log('\nMongoDB: no server (npm run services -- up)');
  else await measure('MongoDB', (name) => `${server}/crema-bench-${process.pid}-${name}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function measure(store: string, documentsUrl: (name: string) => string): Promise<void> {
  const clock = systemClock;
  const url = documentsUrl('analytics');
  const documents = await openDocuments({ url, clock });
  const books = await openBooks(documents, 'a');
  const reads: Reads = { operations: 0, documents: 0 };
  const counted = {
    ...analytics,
    create: ({ documents, ...deps }: DocumentSubgraphDeps, config: object) =>
      analytics.create({ ...deps, documents: countedReads(documents, reads) }, config),
  };
  const events = openEmbeddedEventLog({
    url: `file:${join(folder, `events-${store}.db`)}`,
    clock,
    log: silentLogger,
  });
  const running = await openSubgraph(
    counted,
    {
      events,
      cache: createMemoryCache(clock),
      clock,
      ids: uuidV7(clock, systemRandom),
      random: systemRandom,
      log: silentLogger,
      callerSecret: SECRET,
      databaseUrl: documentsUrl,
      documentsUrl,
    },
    {},
  );
  const ask = async (question: string, filter: object): Promise<string> => {
    const caller = { sub: 'bench', scope: 'analytics:read', roles: ['ADMIN'], workplaces: ['*'] };
    const answer = await running.endpoint.execute({
      query: `query ($filter: SalesFilter!) { ${question} }`,
      variables: { filter },
      headers: { [CALLER_HEADER]: await signCaller(SECRET, caller, clock) },
    });
    if (answer.errors) throw new Error(JSON.stringify(answer.errors));
    return JSON.stringify(answer.data);
  };

  console.log(`\n### ${store}, ${SALES_A_DAY} sales a day kept one by one\n`);
  console.log('| data | question | documents read | reads | first time | p50 | p90 |');
  console.log('|---|---|---|---|---|---|---|');
  await openCafes(books);
  const today = Date.parse(new Date(clock.now()).toISOString().slice(0, 10));
  const dayBefore = (days: number) => new Date(today - days * DAY_MS).toISOString().slice(0, 10);
  const random = seededNumbers(1);
  let written = 0;
  for (const { name, days } of SPANS) {
    for (; written < days; written++) {
      for (const cafe of CAFES)
        await writeDay(books, cafe, dayBefore(written), SALES_A_DAY, random);
    }
    const filter = { from: dayBefore(days - 1), to: dayBefore(0) };
    for (const [title, question] of Object.entries(QUESTIONS)) {
      const start = performance.now();
      const answer = await ask(question, filter);
      const first = performance.now() - start;
      Object.assign(reads, { operations: 0, documents: 0 });
      const latencies = new Latencies();
      for (let i = 0; i < REPETITIONS; i++) {
        const begin = performance.now();
        if ((await ask(question, filter)) !== answer) throw new Error('another answer than before');
        latencies.add(performance.now() - begin);
      }
      const [each, all] = [reads.operations, reads.documents].map((count) => count / REPETITIONS);
      const ms = (value: number) => `${value.toFixed(1)} ms`;
      console.log(
        `| ${name} | ${title} | ${all} | ${each} | ${ms(first)} | ${ms(latencies.percentile(50))} | ${ms(latencies.percentile(90))} |`,
      );
    }
  }
  await running.stop();
  await events.close();
  await documents.close();
  if (url.startsWith('mongodb')) await dropDatabase(url);
}

async function openCafes(books: Books): Promise<void> {
  for (const id of CAFES) {
    const changedAt = '2000-01-01T00:00:00.000Z';
    await books.cafes.put({ id, currency: 'USD', timeZone: 'UTC', nextTimeZone: null, changedAt });
  }
}

async function dropDatabase(url: string): Promise<void> {
  const { createConnection } = await import('mongoose');
  const connection = await createConnection(url).asPromise();
  await connection.dropDatabase();
  await connection.close();
}
