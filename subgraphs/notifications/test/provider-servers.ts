import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import {
  createServer as createTcpServer,
  type AddressInfo,
  type Server,
  type Socket,
} from 'node:net';

export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

type Answer = (request: SeenRequest, response: ServerResponse) => void;

/** An HTTP server that remembers what it was asked and answers as the test says. */
export async function openHttpServer(answer: Answer) {
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
export class Unanswered {
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
