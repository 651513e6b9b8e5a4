/**
 * The `Authorization` of a client that can set no headers, as browsers cannot on a WebSocket: it
 * stands in the connection parameters by that name, or in their `headers`.
 */
export function authorizationOf(params: unknown): string | undefined {
  return byName(params, 'authorization') ?? byName(valueOf(params, 'headers'), 'authorization');
}

function byName(object: unknown, name: string): string | undefined {
  const value = valueOf(object, name);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function valueOf(object: unknown, name: string): unknown {
  if (typeof object !== 'object' || object === null) return undefined;
  return Object.entries(object).find(([key]) => key.toLowerCase() === name)?.[1];
}
