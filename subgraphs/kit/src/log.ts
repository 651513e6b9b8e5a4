import { pino } from 'pino';

/** What is written about the program's own doings: never a secret, a token, a code or a person's contact. */
export interface Logger {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
  child(fields: object): Logger;
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

/** What of an error is written: a failed statement also carries its parameters, which may be a person's. */
function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, stack } = error;
  const code = (error as { code?: unknown }).code;
  return { type: name, message, stack, ...(typeof code === 'string' && { code }) };
}

/** JSON lines on standard error; standard output is left to what a person reads. */
export const createLogger = (name: string, level: LogLevel): Logger =>
  pino(
    { name, level, base: { name }, serializers: { err: describeError } },
    pino.destination({ fd: 2, sync: false }),
  );

export const silentLogger: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => silentLogger,
};
