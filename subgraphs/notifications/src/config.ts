import { readEnvironment, truth, type Environment } from '@crema/kit';
import { z } from 'zod';

const variables = z.object({
  SEAL_SECRET: z
    .string({ error: 'must be set, the same for accounts and notifications' })
    .min(32, 'must have at least 32 characters'),
  NODE_ENV: z.string().optional(),
  DEV_OUTBOX: truth().optional(),
});

export interface NotificationsConfig {
  /** Opens the one-time codes that accounts has sealed. */
  readonly sealSecret: string;
  /** Whether messages are kept and shown at /dev/outbox instead of sent. */
  readonly devOutbox: boolean;
}

export function readConfig(env: Environment): NotificationsConfig {
  const given = readEnvironment(variables, env);
  return Object.freeze({
    sealSecret: given.SEAL_SECRET,
    devOutbox: given.DEV_OUTBOX ?? given.NODE_ENV !== 'production',
  });
}
