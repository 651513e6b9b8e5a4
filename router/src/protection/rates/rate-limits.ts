import { RequestError } from '../../errors.ts';
import type { Clock } from '../../system/clock.ts';
import { sourceOf } from './address.ts';
import { LocalBuckets } from './local-buckets.ts';
import type { Charge, RateLimit, Refusal } from './rate-limit.ts';
import type { SharedBuckets } from './shared-buckets.ts';

/** How much may be asked for. What is undefined is not limited. */
export interface Rates {
  readonly perAddress: RateLimit | undefined;
  readonly perUser: RateLimit | undefined;
}

/** Whoever asks: an address, and a user where somebody is signed in. Requests from within have no address. */
export interface Source {
  readonly address: string | undefined;
  readonly user: string | undefined;
}

/** Room for a whole café behind one address, and for more than any page asks for on behalf of one user. */
export const defaultRates: Rates = {
  perAddress: { count: 3_000, periodMs: 60_000 },
  perUser: { count: 600, periodMs: 60_000 },
};

/**
 * Limits how often an address and a user may ask. This process counts in any case, so that it refuses what is too much
 * for it alone without asking anybody, and goes on when the server that all replicas share is away.
 */
export class RateLimits {
  private readonly local: LocalBuckets;

  constructor(
    private readonly rates: Rates,
    clock: Clock,
    private readonly shared?: SharedBuckets,
  ) {
    this.local = new LocalBuckets(clock);
  }

  /** Counts a request before anything of it is looked at. Throws a `RequestError` when it is one too many. */
  admit(address: string | undefined): void {
    refuse(this.local.take(this.charges({ address, user: undefined }, 1)));
  }

  /**
   * Counts an admitted operation for as many as it is, before any of it is carried out: each of its root fields is one,
   * so that aliases are no way around. Rejects with a `RequestError` when that is too much.
   */
  async charge(source: Source, units: number): Promise<void> {
    const charges = this.charges(source, units);
    refuse(this.local.take(charges.map((charge) => this.notAdmitted(charge))));
    if (this.shared && charges.length > 0) refuse(await this.shared.take(charges));
  }

  private charges({ address, user }: Source, units: number): Charge[] {
    const { perAddress, perUser } = this.rates;
    const charges: Charge[] = [];
    if (address !== undefined && perAddress) {
      charges.push({ key: 'address:' + sourceOf(address), limit: perAddress, units });
    }
    if (user !== undefined && perUser) charges.push({ key: 'user:' + user, limit: perUser, units });
    return charges;
  }

  /** Of an address this process has counted one already. */
  private notAdmitted(charge: Charge): Charge {
    return charge.limit === this.rates.perAddress ? { ...charge, units: charge.units - 1 } : charge;
  }
}

function refuse(refusal: Refusal | undefined): void {
  if (!refusal) return;
  const { count: limit, periodMs } = refusal.charge.limit;
  const retryAfterSeconds = Math.ceil(refusal.waitMs / 1_000);
  const periodSeconds = periodMs / 1_000;
  const message = `Too many requests: ${limit} in ${periodSeconds} s at most`;
  throw new RequestError(
    [{ message, extensions: { code: 'RATE_LIMITED', limit, periodSeconds, retryAfterSeconds } }],
    429,
    { 'retry-after': String(retryAfterSeconds) },
  );
}
