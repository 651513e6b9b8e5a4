import { Http, type CallOptions } from './http.ts';
import { Live } from './live.ts';
import type { Operation, VariablesAnd } from './operation.ts';
import { Session, type OnTokens } from './session.ts';
import { platformTimers, type Timers } from './timers.ts';

export interface CremaOptions {
  /** Where the router answers: `http://localhost:4000/graphql`; in a browser `/graphql` will do. */
  readonly url: string;
  /** Sends the requests; the platform's `fetch` unless told otherwise. */
  readonly fetch?: typeof globalThis.fetch;
  /** Opens subscriptions; the platform's `WebSocket` unless told otherwise. Node before 22 has none: pass that of `ws`. */
  readonly webSocketImpl?: unknown;
  /** An access token to begin with; a visitor without. */
  readonly token?: string;
  /** Told whenever somebody signs in or out and whenever the tokens are renewed. */
  readonly onTokens?: OnTokens;
  /** When tokens end and what is done before; the platform's clock unless told otherwise. */
  readonly timers?: Timers;
}

/** Crema as a program sees it. Whatever fails, fails with a CremaError. */
export interface Crema {
  readonly session: Session;
  query<Data, Variables>(
    query: Operation<Data, Variables>,
    ...rest: VariablesAnd<Variables, CallOptions>
  ): Promise<Data>;
  /** What is refused in the payload's `userErrors` is an answer like any other. */
  mutate<Data, Variables>(
    mutation: Operation<Data, Variables>,
    ...rest: VariablesAnd<Variables, CallOptions>
  ): Promise<Data>;
  /** Nothing is tried again: who wants to go on subscribes anew, with `after` where there is one. */
  subscribe<Data, Variables>(
    subscription: Operation<Data, Variables>,
    ...rest: VariablesAnd<Variables>
  ): AsyncIterableIterator<Data, undefined>;
  /** Ends all subscriptions. */
  close(): Promise<void>;
}

export function createCrema(options: CremaOptions): Crema {
  const { token, onTokens = () => undefined } = options;
  const http = new Http(options.url, options.fetch ?? globalThis.fetch);
  const session = new Session(
    http,
    token ? { accessToken: token, refreshToken: null } : null,
    onTokens,
  );
  const live = new Live({
    url: webSocketUrl(options.url),
    webSocketImpl: options.webSocketImpl === undefined ? platform.WebSocket : options.webSocketImpl,
    session,
    timers: options.timers ?? platformTimers,
  });
  const send = <Data, Variables>(
    operation: Operation<Data, Variables>,
    ...[variables, call]: VariablesAnd<Variables, CallOptions>
  ): Promise<Data> => session.calling((token) => http.send(operation, variables, token, call));
  return {
    session,
    query: send,
    mutate: send,
    subscribe: (operation, ...[variables]) => live.subscribe(operation, variables),
    close: () => live.close(),
  };
}

/** What browsers have and Node has not, or not always. */
const platform = globalThis as { WebSocket?: unknown; location?: { href: string } };

const webSocketUrl = (url: string): string =>
  new URL(url, platform.location?.href).href.replace(/^http/, 'ws');
