import type { FormattedExecutionResult } from 'graphql';
import { CremaError } from './crema-error.ts';
import { textOf, type Operation } from './operation.ts';

/** What may differ from call to call. */
export interface CallOptions {
  readonly signal?: AbortSignal;
}

/** Sends operations to one router over HTTP. */
export class Http {
  constructor(
    private readonly url: string,
    private readonly fetch: typeof globalThis.fetch,
  ) {}

  /** The whole answer, or CremaError. */
  async send<Data, Variables>(
    operation: Operation<Data, Variables>,
    variables: Variables | undefined,
    token: string | null,
    { signal }: CallOptions = {},
  ): Promise<Data> {
    const { status, body } = await this.post(
      JSON.stringify({ query: textOf(operation), variables }),
      token,
      signal,
    );
    const { data, errors } = resultIn(body, status);
    if (errors && errors.length > 0) throw CremaError.of(errors, { data, status });
    return data as Data;
  }

  private async post(
    body: string,
    token: string | null,
    signal: AbortSignal | undefined,
  ): Promise<{ status: number; body: string }> {
    try {
      // Called without a receiver, which browsers insist on.
      const { fetch } = this;
      const response = await fetch(this.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'application/graphql-response+json, application/json',
          ...(token !== null && { authorization: `Bearer ${token}` }),
        },
        body,
        ...(signal && { signal }),
      });
      return { status: response.status, body: await response.text() };
    } catch (cause) {
      if (signal?.aborted) throw cause;
      throw new CremaError('UNREACHABLE', `${this.url} does not answer.`, { cause });
    }
  }
}

function resultIn(body: string, status: number): FormattedExecutionResult {
  const result = parsed(body) as FormattedExecutionResult | null | undefined;
  if (result?.data === undefined && result?.errors === undefined) {
    throw new CremaError('BAD_RESPONSE', `The answer (${status}) is not GraphQL.`, { status });
  }
  return result;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
