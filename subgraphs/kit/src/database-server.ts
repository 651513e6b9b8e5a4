import type { Database, DatabaseOptions } from './database.ts';

export function openServerDatabase({ url }: DatabaseOptions): Promise<Database> {
  return Promise.reject(new Error(`${url.split(':')[0]}: is not supported`));
}
