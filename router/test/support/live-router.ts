import { createRouter, type Router, type RouterOptions } from '../../src/index.ts';
import { Issuer, TestClock } from './issuer.ts';
import { held, liveOrders } from './live-orders.ts';
import { composed, localSubgraphs } from './subgraphs.ts';

/** A subscription whose events take a fetch from a second subgraph. */
export const CHANGED = 'subscription { changed { id at customer } }';

/** A router over orders that change, with tokens and a clock that stands still. */
export class LiveRouter {
  readonly issuer: Issuer;

  private constructor(
    readonly router: Router,
    readonly url: string,
    readonly clock: TestClock,
    issuer: Issuer,
    private readonly subgraphs: ReturnType<typeof localSubgraphs>,
  ) {
    this.issuer = issuer;
  }

  static async start(options: Partial<RouterOptions> = {}): Promise<LiveRouter> {
    held.sources = [];
    held.release = undefined;
    const clock = new TestClock();
    const issuer = new Issuer(clock);
    const subgraphs = localSubgraphs(liveOrders);
    const router = await createRouter({
      supergraph: composed(liveOrders),
      transports: subgraphs.transports,
      jwt: issuer.jwt,
      callerSecret: 'a secret of thirty-two characters',
      corsOrigins: ['https://shop.example'],
      clock,
      timers: clock,
      ...options,
    });
    const { url } = await router.listen(0, '127.0.0.1');
    return new LiveRouter(router, url, clock, issuer, subgraphs);
  }

  /** How many subscriptions are open at the subgraph. */
  get upstreams(): number {
    return this.subgraphs.get('orders').openSubscriptions;
  }

  get requests(): number {
    return this.subgraphs.get('orders').requests.length;
  }

  get supergraph(): string {
    return composed(liveOrders);
  }

  /** Serves a supergraph without the subscription to changes. */
  async forgetChanges(): Promise<void> {
    const typeDefs = liveOrders['orders']?.typeDefs.replace('changed: Order!', '') ?? '';
    await this.router.reload(composed({ ...liveOrders, orders: { typeDefs, resolvers: {} } }));
  }

  publish(at: number, id = 'o' + at): void {
    held.sources.at(-1)?.publish({ changed: { id, at } });
  }

  async bearer(claims: { exp?: number } = {}): Promise<string> {
    return 'Bearer ' + (await this.issuer.token(await this.issuer.newKey('k'), claims));
  }
}

/** The answer to the event that `publish` told. */
export const changed = (at: number) => ({
  data: { changed: { id: 'o' + at, at, customer: 'customer of o' + at } },
});
