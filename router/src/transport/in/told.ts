import { toRequestError, type RequestError } from '../../errors.ts';
import type { Logger } from '../../system/logger.ts';

/** What a client is told of something thrown; what is none of its business is logged instead. */
export function told(thrown: unknown, requestId: string, log: Logger): RequestError {
  const error = toRequestError(thrown);
  if (error !== thrown) log.error({ requestId, err: thrown }, 'A request failed');
  return error;
}
