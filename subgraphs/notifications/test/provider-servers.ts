import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import {
  createServer as createTcpServer,
  type AddressInfo,
  type Server,
  type Socket,
} from 'node:net';
import type { FakeClock } from '@crema/kit/testing';
import type { MessageProvider } from '../src/services/message-provider.ts';
import type { Behaviour, ProviderUnderTest, TakenMessage } from './provider-contract.ts';

export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

type Answer = (request: SeenRequest, response: ServerResponse) => void;

/** An HTTP server that remembers what it was asked and answers as the test says. */
async function openHttpServer(answer: Answer) {
  const requests: SeenRequest[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const seen = {
        method: request.method!,
        url: request.url!,
        headers: request.headers,
        body: Buffer.concat(chunks).toString('utf8'),
      };
      requests.push(seen);
      answer(seen, response);
    });
  });
  const origin = `http://127.0.0.1:${await listen(server)}`;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { origin, requests, close };
}

/** A server that takes connections and, until it is told to, says nothing. */
export async function openMuteServer() {
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  });
  const port = await listen(server);
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  return { port, close };
}

/** A port on which nobody listens. */
export async function deadPort(): Promise<number> {
  const { port, close } = await openMuteServer();
  await close();
  return port;
}

export const listen = async (server: Server): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
};

/** What is not answered, or not wholly: told when it is so, and answered bit by bit. */
class Unanswered {
  private response: ServerResponse | null = null;
  private readonly waiting: (() => void)[] = [];

  hold(response: ServerResponse): void {
    this.response = response;
    for (const go of this.waiting.splice(0)) go();
  }

  stuck(): Promise<void> {
    if (this.response) return Promise.resolve();
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  drip(): void {
    if (this.response?.writable) this.response.write(' ');
  }

  forget(): void {
    this.response = null;
  }
}

/** How a provider's API answers, in its own format. */
export interface ApiOfProvider {
  /** Whether the request is one that the API knows, and signed in to it. */
  knows(request: SeenRequest): boolean;
  refuse(response: ServerResponse): void;
  /** Takes the message in the request, the so many-th, and says so. */
  take(request: SeenRequest, response: ServerResponse, count: number): TakenMessage;
  /** Answers so; for DRIP begins to. */
  answer(
    behaviour: Exclude<Behaviour, 'TAKE' | 'CUT_OFF' | 'SAY_NOTHING'>,
    request: SeenRequest,
    response: ServerResponse,
  ): void;
}

/** A provider's HTTP API that behaves as the test says, and the provider that calls it. */
export async function openScriptedApi(
  api: ApiOfProvider,
  clock: FakeClock,
  providerAt: (origin: string, clock: FakeClock) => MessageProvider,
): Promise<ProviderUnderTest> {
  const script: Behaviour[] = [];
  const taken: TakenMessage[] = [];
  const unanswered = new Unanswered();
  const { origin, requests, close } = await openHttpServer((request, response) => {
    if (!api.knows(request)) return api.refuse(response);
    const behaviour = script.shift() ?? 'TAKE';
    if (behaviour === 'TAKE') {
      taken.push(api.take(request, response, taken.length + 1));
    } else if (behaviour === 'CUT_OFF') {
      response.destroy();
    } else {
      if (behaviour !== 'SAY_NOTHING') api.answer(behaviour, request, response);
      if (!response.writableEnded) unanswered.hold(response);
    }
  });
  return {
    provider: providerAt(origin, clock),
    url: origin,
    taken,
    get asked() {
      return requests.length;
    },
    will(...behaviours) {
      unanswered.forget();
      script.splice(0, script.length, ...behaviours);
    },
    stuck: () => unanswered.stuck(),
    drip: () => unanswered.drip(),
    close,
  };
}
