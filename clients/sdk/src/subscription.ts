import type { FormattedExecutionResult, GraphQLFormattedError } from 'graphql';
import { CremaError } from './crema-error.ts';

type Answer = FormattedExecutionResult<Record<string, unknown>, unknown>;

/** What a subscription is answered with, as a connection gives it. */
export type Answers = AsyncIterableIterator<Answer>;

/** Listens for somebody: with the token they have, and once more with a new one if that is refused. */
type Calling = <Result>(listen: (token: string | null) => Promise<Result>) => Promise<Result>;

/** The events of one subscription. An error in an event ends it, as the end of the connection does. */
export class Subscription<Data> implements AsyncIterableIterator<Data> {
  private answers: Answers | null = null;
  private ended = false;

  constructor(
    private readonly ask: (token: string | null) => Answers,
    private readonly calling: Calling,
  ) {}

  async next(): Promise<IteratorResult<Data, undefined>> {
    if (this.ended) return { done: true, value: undefined };
    try {
      const answer = await (this.answers ? nextOf(this.answers) : this.first());
      if (!answer.done) return { done: false, value: dataOf<Data>(answer.value) };
    } catch (error) {
      await this.return();
      throw error;
    }
    return this.return();
  }

  /** Ends it at once, even while an event is awaited. */
  async return(): Promise<IteratorResult<Data, undefined>> {
    this.ended = true;
    await this.answers?.return?.();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  private first(): ReturnType<Answers['next']> {
    return this.calling((token) => {
      this.answers = this.ask(token);
      return nextOf(this.answers);
    });
  }
}

async function nextOf(answers: Answers): ReturnType<Answers['next']> {
  try {
    return await answers.next();
  } catch (thrown) {
    throw failure(thrown);
  }
}

function dataOf<Data>({ data, errors }: Answer): Data {
  if (errors && errors.length > 0) throw CremaError.of(errors, { data });
  return data as Data;
}

/** graphql-ws throws the errors of the answer, the event that closed the connection, or an error of its own. */
function failure(thrown: unknown): CremaError {
  if (Array.isArray(thrown)) return CremaError.of(thrown as GraphQLFormattedError[]);
  const { code, reason } = (thrown ?? {}) as { code?: unknown; reason?: string };
  if (typeof code !== 'number') {
    return new CremaError('UNREACHABLE', 'There is no connection.', { cause: thrown });
  }
  const message = reason || `The connection was closed (${code}).`;
  return new CremaError('CONNECTION_CLOSED', message, { status: code, cause: thrown });
}
