import type { RouterOptions } from '../../src/index.ts';
import { bookshop } from './bookshop.ts';
import { HeldCalls } from './held-calls.ts';
import { TestClock } from './issuer.ts';
import { PARTS, partsOf, type Part } from './parts.ts';
import { serve } from './serve.ts';
import { localSubgraphs } from './subgraphs.ts';

const ACCEPT = `${PARTS}, application/json`;

interface RequestInput {
  readonly variables?: Record<string, unknown>;
  readonly accept?: string;
  readonly signal?: AbortSignal;
}

export type ShopInParts = Awaited<ReturnType<typeof openInParts>>;

/** A bookshop on a clock of its own, to be asked for answers in parts. */
export async function openInParts(options: Partial<RouterOptions> = {}, definitions = bookshop) {
  const local = localSubgraphs(definitions);
  const clock = new TestClock();
  /** Calls to the subgraph of this name, which wait for the test. */
  const shipping = new HeldCalls();
  const served = await serve(definitions, {
    transports: (subgraph) =>
      subgraph.name === 'shipping' ? shipping : local.transports(subgraph),
    clock,
    timers: clock,
    ...options,
  });
  const respond = (
    query: string,
    { variables = {}, accept = ACCEPT, signal }: RequestInput = {},
  ): Promise<Response> =>
    served.fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept },
      body: JSON.stringify({ query, variables }),
      signal,
    });
  const ask = async (query: string, input?: RequestInput): Promise<Part[]> => {
    const parts: Part[] = [];
    for await (const part of partsOf(await respond(query, input))) parts.push(part);
    return parts;
  };
  /** The parts of an answer that is still under way. */
  const reading = async (query: string, input?: RequestInput) => {
    const response = await respond(query, input);
    const parts = partsOf(response);
    return { response, next: async () => (await parts.next()).value as Part | undefined };
  };
  return { clock, shipping, served, respond, ask, reading };
}

/** What the subgraph `shipping` tells of books. */
export const stock = (...all: (number | null)[]) => ({
  data: { _entities: all.map((one) => ({ stock: one })) },
});

/** Tells the title first, and later what `shipping` tells. */
export const STOCK = `query ($later: Boolean! = true) {
  book(isbn: "111") { title ... @defer(if: $later, label: "more") { stock } } }`;
