import { connect, type Socket } from 'node:net';
import { createHistogram } from 'node:perf_hooks';
import { HttpMessages } from './http-messages.ts';
import { PLACEHOLDER, UNIQUE_ID, uniqueId } from './unique-ids.ts';

/** What is asked, how often at once and for how long. Sent by the process that starts this one. */
export interface LoadOrder {
  readonly port: number;
  readonly path: string;
  /** The body of the request; a placeholder in it becomes another id each time. */
  readonly body: string;
  readonly connections: number;
  readonly seconds: number;
  /** Goes on for at most three times as long until so many were answered. */
  readonly atLeast?: number;
  /** What each answer has to be, byte for byte. */
  readonly expected: string;
}

export interface LoadResult {
  readonly requests: number;
  readonly seconds: number;
  /** Answers that were not what was expected. */
  readonly wrong: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** The first is random, so that runs share no ids either. */
let count = process.pid * 1_000_000;

/** Sends request after request on each connection. Only what was sent within the time is counted. */
async function load(order: LoadOrder): Promise<LoadResult> {
  const { port, path, body, connections, seconds, atLeast = 0, expected } = order;
  const latencies = createHistogram();
  const startedAt = performance.now();
  const endsAt = startedAt + seconds * 1_000;
  const lastEndsAt = startedAt + seconds * 3_000;
  const isUnique = body.includes(PLACEHOLDER);
  const head = `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncontent-type: application/json\r\naccept: application/json\r\n`;
  const request = (text: string): string => `${head}content-length: ${text.length}\r\n\r\n${text}`;
  const same = request(body);
  const expectedBytes = Buffer.from(expected, 'latin1');
  let requests = 0;
  let wrong = 0;

  const isRight = (head: string, answer: Buffer): boolean => {
    if (!head.startsWith('HTTP/1.1 200')) return false;
    if (!isUnique) return answer.equals(expectedBytes);
    const text = answer.toString('latin1');
    const [id] = UNIQUE_ID.exec(text) ?? [];
    return id !== undefined && text.replaceAll(id, PLACEHOLDER) === expected;
  };

  const converse = (socket: Socket): Promise<void> =>
    new Promise((resolve) => {
      let sentAt = 0;
      const next = (): void => {
        sentAt = performance.now();
        const isOver = sentAt >= endsAt && (requests >= atLeast || sentAt >= lastEndsAt);
        if (isOver) return void socket.end(resolve);
        socket.write(
          isUnique ? request(body.replaceAll(PLACEHOLDER, uniqueId(count++))) : same,
          'latin1',
        );
      };
      const messages = new HttpMessages((answerHead, answer) => {
        latencies.record(Math.max(1, Math.round((performance.now() - sentAt) * 1_000)));
        requests += 1;
        if (!isRight(answerHead, answer)) wrong += 1;
        next();
      });
      socket.on('data', (chunk: Buffer) => messages.push(chunk));
      socket.on('connect', next);
      socket.on('error', () => {
        wrong += 1;
        resolve();
      });
      socket.on('close', () => resolve());
    });

  const sockets = Array.from({ length: connections }, () =>
    connect({ port, host: '127.0.0.1', noDelay: true }),
  );
  await Promise.all(sockets.map(converse));
  return {
    requests,
    seconds: (performance.now() - startedAt) / 1_000,
    wrong,
    p50Ms: latencies.percentile(50) / 1_000,
    p99Ms: latencies.percentile(99) / 1_000,
  };
}

process.on('message', (order: LoadOrder) => {
  void load(order).then((result) => process.send?.(result));
});
process.on('disconnect', () => process.exit());
