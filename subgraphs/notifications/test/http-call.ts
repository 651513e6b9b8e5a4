import { createServer } from 'node:http';
import type { HttpRoute } from '@crema/kit';
import { listen } from './provider-servers.ts';

/** Asks a route over real HTTP, as those do for whom it is there. */
export async function call(
  route: HttpRoute,
  search: string,
  init: RequestInit,
): Promise<{ status: number; headers: Headers; body: string }> {
  const server = createServer((request, response) => void route.handle(request, response));
  const port = await listen(server);
  const response = await fetch(`http://127.0.0.1:${port}${route.path}${search}`, init);
  const body = await response.text();
  await new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
  return { status: response.status, headers: response.headers, body };
}
