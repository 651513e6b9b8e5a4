import { errors, type Dispatcher } from 'undici';
import type { CancelSignal } from '../../system/cancellation.ts';

/** What came back over HTTP, whole. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/**
 * Makes one call and reads its answer to the end. Answers of subgraphs are small and read at once, so undici's
 * handlers are used without the stream that its `request` puts between: that took as long as the call itself.
 * Rejects with the reason of `signal` when it aborts, and with undici's errors.
 */
export function call(
  dispatcher: Dispatcher,
  options: Dispatcher.DispatchOptions,
  signal: CancelSignal | undefined,
): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason as Error);
    dispatcher.dispatch(options, new Call(signal, resolve, reject));
  });
}

class Call implements Dispatcher.DispatchHandler {
  private status = 0;
  private headers: HttpAnswer['headers'] = {};
  private readonly chunks: Buffer[] = [];
  private abort: (() => void) | undefined;

  constructor(
    private readonly signal: CancelSignal | undefined,
    private readonly resolve: (answer: HttpAnswer) => void,
    private readonly reject: (reason: unknown) => void,
  ) {}

  /** Also called when the request is sent once more, over another connection. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    const { signal } = this;
    if (!signal) return;
    this.forgetSignal();
    this.abort = () => controller.abort(reasonOf(signal));
    if (signal.aborted) this.abort();
    else signal.addEventListener('abort', this.abort);
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: HttpAnswer['headers'],
  ): void {
    this.status = status;
    this.headers = headers;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.chunks.push(chunk);
  }

  onResponseEnd(): void {
    this.forgetSignal();
    const { status, headers, chunks } = this;
    const [first] = chunks;
    const body = chunks.length === 1 && first ? first : Buffer.concat(chunks);
    this.resolve({ status, headers, text: body.toString('utf8') });
  }

  onResponseError(_controller: Dispatcher.DispatchController, reason: Error): void {
    this.forgetSignal();
    this.reject(reason);
  }

  private forgetSignal(): void {
    if (this.abort) this.signal?.removeEventListener('abort', this.abort);
  }
}

function reasonOf({ reason }: CancelSignal): Error {
  return reason instanceof Error ? reason : new errors.RequestAbortedError();
}
