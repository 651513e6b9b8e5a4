import type { Clock, Logger } from '@crema/kit';
import { CircuitBreaker, type Permit } from './circuit-breaker.ts';
import { NotSent, type Message, type MessageProvider } from './message-provider.ts';

/** The longest that a provider is left alone because it asked for it. */
const LONGEST_REST_MS = 60 * 60_000;

/**
 * A provider with what this process knows of its health: it is called while its circuit permits it and it has not
 * asked to be left alone.
 */
export class ProviderLine {
  private readonly breaker: CircuitBreaker;
  private restUntilMs = 0;

  constructor(
    readonly provider: MessageProvider,
    private readonly clock: Clock,
    private readonly log: Logger,
  ) {
    const { name, channel } = provider;
    this.breaker = new CircuitBreaker(clock, (state) =>
      log.warn({ provider: name, channel, state }, 'the circuit of a provider has changed'),
    );
  }

  /** Whether a new message may go at once; while it is tried whether the provider works again, those that wait go first. */
  get isWell(): boolean {
    return this.breaker.state === 'CLOSED' && !this.isResting;
  }

  /** The right to one call; null while the provider is to be left alone. */
  acquire(): Permit | null {
    return this.isResting ? null : this.breaker.acquire();
  }

  /** As `MessageProvider.send`; learns of the provider's health from how it ends. */
  async send(message: Message, permit: Permit): Promise<void> {
    try {
      await this.provider.send(message);
      permit.succeeded();
    } catch (error) {
      this.learn(error, permit);
      throw error;
    }
  }

  private learn(error: unknown, permit: Permit): void {
    const { name: provider, channel } = this.provider;
    if (!(error instanceof NotSent)) return permit.failed();
    const { fault, code, retryAfterMs } = error;
    if (fault === 'MESSAGE' || fault === 'ADDRESS') return permit.succeeded();
    permit.failed();
    if (fault === 'SETTINGS') {
      this.log.error(
        { provider, channel, code },
        'a provider refuses our credentials, sender or account: its messages wait until that is put right',
      );
    }
    if (retryAfterMs !== null) {
      const restMs = Math.min(retryAfterMs, LONGEST_REST_MS);
      this.restUntilMs = Math.max(this.restUntilMs, this.clock.now().getTime() + restMs);
      this.log.warn({ provider, channel, code, restMs }, 'a provider asks to be left alone');
    }
  }

  private get isResting(): boolean {
    return this.clock.now().getTime() < this.restUntilMs;
  }
}
