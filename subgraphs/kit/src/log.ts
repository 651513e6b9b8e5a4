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

/** JSON lines on standard error; standard output is left to what a person reads. */
export const createLogger = (name: string, level: LogLevel): Logger =>
  pino({ name, level, base: { name } }, pino.destination({ fd: 2, sync: false }));

export const silentLogger: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => silentLogger,
};
