import type { Clock } from '@crema/kit';
import { ProviderTimeoutError } from './payment-provider.ts';

/** The work's result, or ProviderTimeoutError when it takes longer. The work itself goes on. */
export async function withDeadline<Result>(
  clock: Clock,
  ms: number,
  work: Promise<Result>,
): Promise<Result> {
  let cancel: () => void = () => undefined;
  const deadline = new Promise<never>((_, reject) => {
    cancel = clock.after(ms, () => reject(new ProviderTimeoutError()));
  });
  try {
    return await Promise.race([work, deadline]);
  } finally {
    cancel();
  }
}
