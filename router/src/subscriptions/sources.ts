import { RequestError } from '../errors.ts';
import type { RequestContext } from '../engine.ts';
import type { ExecutableSubscription } from '../execution/subscription.ts';
import { nextTurn } from '../system/turn.ts';
import type { Follower, Following } from './live-event.ts';
import { Source, type SourceOptions } from './source.ts';
import { sharedContext, sharingKey, type Subscribing } from './subscribing.ts';

export interface SourcesOptions extends SourceOptions {
  /** Fields whose events are asked for as a visitor would, so that all callers with the same rights share them. */
  readonly publicFields: ReadonlySet<string>;
}

/** Reads a request again: by the supergraph that is served now, and for this caller. Throws a `RequestError`. */
export type Revise = (subscribing: Subscribing, context: RequestContext) => Subscribing;

/** So many subscriptions are carried over to a new supergraph at once; other work gets its turn between. */
const MOVED_AT_ONCE = 50;

/** All subscriptions that are live: one source for all clients that can be given the same. */
export class Sources {
  /** Each with its key. */
  private readonly live = new Map<Source, string>();
  /** Those that can be joined. */
  private readonly byKey = new Map<string, Source>();
  private readonly variants = new WeakMap<ExecutableSubscription, number>();
  private lastVariant = 0;

  constructor(private readonly options: SourcesOptions) {}

  /** How many are live. */
  get size(): number {
    return this.live.size;
  }

  follow(subscribing: Subscribing, follower: Follower, revise: Revise): Following {
    let asked = subscribing;
    let source = this.join(asked, follower);
    return {
      stop: () => source.leave(follower),
      renew: (caller) => {
        const next = revise(asked, { ...asked.context, caller });
        asked = next;
        if (this.keyOf(next) === this.live.get(source)) return source.renew(this.shared(next));
        // With other rights it hears other things: it goes on elsewhere, after what it has heard.
        asked = goingOn(next, source);
        source.leave(follower);
        source = this.join(asked, follower);
      },
    };
  }

  /** Carries all over to the supergraph that is served now; those that it has no field for end with `SUBSCRIPTION_GONE`. */
  async move(revise: Revise): Promise<void> {
    let moved = 0;
    for (const source of [...this.live.keys()]) {
      if (!this.live.has(source)) continue;
      try {
        const next = revise(source.subscribing, source.subscribing.context);
        source.move(next);
        this.file(source, this.keyOf(next));
      } catch (thrown) {
        source.end(gone(thrown));
      }
      if (++moved % MOVED_AT_ONCE === 0) await nextTurn();
    }
  }

  private join(subscribing: Subscribing, follower: Follower): Source {
    const key = this.keyOf(subscribing);
    const shared = this.shared(subscribing);
    const known = this.byKey.get(key);
    const source = known?.isOpen ? known : this.begin(key, subscribing, shared);
    source.follow(follower, shared);
    return source;
  }

  private begin(key: string, subscribing: Subscribing, context: RequestContext): Source {
    const source: Source = new Source(subscribing, context, this.options, () =>
      this.forget(source),
    );
    this.file(source, key);
    return source;
  }

  /** Lets a source be found by this key alone. */
  private file(source: Source, key: string): void {
    this.forget(source);
    this.live.set(source, key);
    this.byKey.set(key, source);
  }

  private forget(source: Source): void {
    const key = this.live.get(source);
    if (key === undefined) return;
    this.live.delete(source);
    if (this.byKey.get(key) === source) this.byKey.delete(key);
  }

  private keyOf(subscribing: Subscribing): string {
    const key = sharingKey(subscribing, this.shared(subscribing));
    // Who asks decides about the rights, where the key tells it.
    return this.isPublic(subscribing) ? `${this.variantOf(subscribing)} ${key}` : key;
  }

  private variantOf({ executable }: Subscribing): number {
    const variant = this.variants.get(executable) ?? ++this.lastVariant;
    this.variants.set(executable, variant);
    return variant;
  }

  private shared(subscribing: Subscribing): RequestContext {
    return sharedContext(subscribing.context, this.isPublic(subscribing));
  }

  private isPublic({ executable }: Subscribing): boolean {
    return this.options.publicFields.has(executable.position.field);
  }
}

/** The same request, from the last event of a source on. */
function goingOn({ prepared, ...others }: Subscribing, source: Source): Subscribing {
  const variables = { ...prepared.variables, ...source.variablesToGoOn };
  return { ...others, prepared: { ...prepared, variables } };
}

function gone(thrown: unknown) {
  const reasons = thrown instanceof RequestError ? thrown.errors : [];
  const message = 'The supergraph has changed, and this subscription is no part of it any more';
  const extensions = { code: 'SUBSCRIPTION_GONE', reasons: reasons.map((error) => error.message) };
  return [{ message, extensions }];
}
