import type { RequestContext } from '../engine.ts';
import { toRequestError } from '../errors.ts';
import type { Answer, ExecutionRequest } from '../execution/run.ts';
import { areSame } from '../execution/subscription.ts';
import type { Customization } from '../hooks/customization.ts';
import type { Caller } from '../protection/caller.ts';
import type { Logger } from '../system/logger.ts';
import { nextTurn } from '../system/turn.ts';
import type { SubgraphResponse } from '../transport/subgraph-transport.ts';
import { BackOff, type BackOffOptions } from './back-off.ts';
import { LateArrivals } from './late-arrivals.ts';
import type { Follower, LiveEvent } from './live-event.ts';
import { Progress, resumed } from './resumed.ts';
import type { Subscribing } from './subscribing.ts';

export interface SourceOptions extends BackOffOptions {
  readonly log: Logger;
  /** What becomes of each answer before it is told, once for all clients; undefined where that is nothing. */
  readonly answer?: Customization['answer'];
}

/** So many clients are told at once; others get their turn between. */
const TOLD_AT_ONCE = 1_000;

/**
 * One subscription at a subgraph, and all clients that follow it. Each event is completed and written once,
 * however many they are. It begins with the first client and ends with the last.
 */
export class Source {
  private readonly followers = new Set<Follower>();
  private readonly life = new AbortController();
  private readonly progress: Progress;
  private late: LateArrivals | undefined;
  /** The connection that is listened to; it changes when a new plan asks something else. */
  private listening = new AbortController();
  private hasBegun = false;

  constructor(
    private asking: Subscribing,
    /** What subgraphs hear of those who follow. */
    private context: RequestContext,
    private readonly options: SourceOptions,
    private readonly onEnd: () => void,
  ) {
    const { position } = asking.executable;
    const { variables } = asking.prepared;
    this.progress = new Progress(position.resumption && variables[position.resumption.variable]);
    asking.prepared.served.use.begin();
  }

  /** The request as it was asked, to be read again when the supergraph changes. */
  get subscribing(): Subscribing {
    return this.asking;
  }

  /** Whether a client that joins now hears all that it asked for. */
  get isOpen(): boolean {
    const { executable, prepared } = this.asking;
    return !this.hasBegun || !executable.position.beginsAfter(prepared.variables);
  }

  /** The variables by which somebody else would go on where this has come to. */
  get variablesToGoOn(): Readonly<Record<string, unknown>> {
    const { resumption } = this.asking.executable.position;
    const after = this.progress.after(resumption);
    return resumption && after !== undefined ? { [resumption.variable]: after } : {};
  }

  follow(follower: Follower, context: RequestContext): void {
    this.renew(context);
    this.followers.add(follower);
    if (this.followers.size === 1 && !this.hasBegun) void this.run();
    if (!this.hasBegun) return;
    this.late ??= new LateArrivals((signal) => this.fromTheBeginning(signal));
    this.late.join(follower);
  }

  leave(follower: Follower): void {
    this.followers.delete(follower);
    this.late?.leave(follower);
    if (this.late?.isEmpty) this.late = undefined;
    if (this.followers.size === 0) this.end();
  }

  /** Subgraphs are shown the token that lasts longest. */
  renew(context: RequestContext): void {
    if (endOf(context.caller) > endOf(this.context.caller)) this.context = context;
  }

  /** Goes on by another plan. Where it asks the subgraph for the same, not even the connection changes. */
  move(next: Subscribing): void {
    const before = this.asking;
    next.prepared.served.use.begin();
    before.prepared.served.use.end();
    this.asking = next;
    if (!areSame(before.executable.upstream, next.executable.upstream)) this.listening.abort();
  }

  /** Tells all clients that nothing more comes, and why. */
  end(...told: Parameters<Follower['end']>): void {
    if (this.life.signal.aborted) return;
    this.life.abort();
    this.listening.abort();
    this.late?.cancel();
    this.asking.prepared.served.use.end();
    this.onEnd();
    for (const follower of [...this.followers]) follower.end(...told);
    this.followers.clear();
  }

  private async run(): Promise<void> {
    try {
      for (let isResuming = false; !this.life.signal.aborted; isResuming = true) {
        this.listening = new AbortController();
        await this.listen(this.listening.signal, isResuming);
        if (!this.listening.signal.aborted) return this.end();
      }
    } catch (thrown) {
      this.fail(thrown);
    }
  }

  private fail(thrown: unknown): void {
    if (this.life.signal.aborted) return;
    const { requestId } = this.context;
    const error = toRequestError(thrown);
    if (error !== thrown) {
      this.options.log.error({ err: thrown, requestId }, 'A subscription failed');
    }
    this.end(error.errors);
  }

  private async listen(signal: AbortSignal, isResuming: boolean): Promise<void> {
    const { executable } = this.asking;
    try {
      for await (const raw of this.opened(signal, isResuming)) {
        await this.tell(raw);
        if (signal.aborted) return;
      }
    } catch (reason) {
      if (signal.aborted) return;
      const request = this.request(this.life.signal);
      const answer = await executable.lost(request, reason);
      await this.tellAll(await this.customized(answer), new Set());
    }
  }

  private opened(signal: AbortSignal, isResuming: boolean): AsyncIterable<SubgraphResponse> {
    const { executable } = this.asking;
    const { resumption } = executable.position;
    const backOff = new BackOff(this.options);
    return resumed(
      ({ after, patienceMs }) => {
        const request = this.request(signal);
        const variables = resumption && after !== undefined ? { [resumption.variable]: after } : {};
        return executable.open(request, variables, patienceMs);
      },
      { resumption, progress: this.progress, backOff, signal, isResuming },
    );
  }

  private async tell(raw: SubgraphResponse): Promise<void> {
    const event = await this.answerTo(raw, this.life.signal);
    const informed = this.late?.end(raw) ?? new Set();
    this.late = undefined;
    await this.tellAll(event, informed);
  }

  private async tellAll(event: LiveEvent, informed: ReadonlySet<Follower>): Promise<void> {
    this.hasBegun = true;
    let told = 0;
    for (const follower of [...this.followers]) {
      if (!this.followers.has(follower) || informed.has(follower)) continue;
      follower.next(event);
      if (++told % TOLD_AT_ONCE === 0) await nextTurn();
    }
  }

  private request(signal: AbortSignal): ExecutionRequest {
    const { prepared, toExecution } = this.asking;
    return toExecution(prepared, this.context, signal);
  }

  private async answerTo(raw: SubgraphResponse, signal: AbortSignal): Promise<LiveEvent> {
    return this.customized(await this.asking.executable.answer(this.request(signal), raw));
  }

  private async customized(answer: Answer): Promise<LiveEvent> {
    const { answer: customize } = this.options;
    if (!customize) return answer;
    const { operation } = this.asking.prepared;
    try {
      return await customize(answer, operation.node.name?.value, this.context);
    } catch (thrown) {
      // Here, since it is no failure of the subgraph.
      this.fail(thrown);
      throw thrown;
    }
  }

  /** The subscription once more, as one who asks for the first time hears it. */
  private async *fromTheBeginning(signal: AbortSignal) {
    const events = await this.asking.executable.open(this.request(signal), {}, 0);
    for await (const raw of events) yield { raw, event: await this.answerTo(raw, signal) };
  }
}

const endOf = ({ expiresAt }: Caller): number => expiresAt?.getTime() ?? 0;
