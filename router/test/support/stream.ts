import { request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { until } from './events.ts';

/** A response that is read as it comes. */
export class Stream {
  text = '';
  isEnded = false;
  /** Whether it was cut off instead of coming to its end. */
  isBroken = false;

  private constructor(
    private readonly request: ClientRequest,
    readonly response: IncomingMessage,
  ) {
    response.setEncoding('utf8');
    response.on('data', (chunk: string) => (this.text += chunk));
    response.on('end', () => (this.isEnded = true));
    response.on('error', () => (this.isBroken = true));
  }

  /** Asks by POST, or by GET without a body. */
  static async open(url: string, headers: Record<string, string>, body?: object): Promise<Stream> {
    const request = httpRequest(url, {
      method: body ? 'POST' : 'GET',
      headers: body ? { 'content-type': 'application/json', ...headers } : headers,
      agent: false,
    });
    request.on('error', () => {});
    request.end(body && JSON.stringify(body));
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    return new Stream(request, response);
  }

  get status(): number | undefined {
    return this.response.statusCode;
  }

  get type(): string | undefined {
    return this.response.headers['content-type'];
  }

  async has(text: string): Promise<void> {
    await until(() => this.text.includes(text));
  }

  async end(): Promise<void> {
    await until(() => this.isEnded || this.isBroken);
  }

  /** Leaves without a word. */
  leave(): void {
    this.request.destroy();
  }
}
