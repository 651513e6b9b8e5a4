import { z } from 'zod';
import { id, instant } from './common.ts';
import { defineEvent } from './define-event.ts';

const topic = 'accounts.users';

const role = z.enum(['CUSTOMER', 'BARISTA', 'MANAGER', 'ADMIN']);

const user = z.object({
  name: z.string(),
  email: z.string(),
  phone: z.string().nullable(),
  roles: z.array(role),
  /** Identifiers of the cafés that a member of staff works at. */
  workplaces: z.array(id()),
  /** BCP 47; what messages to this person are written in. */
  locale: z.string().optional(),
});

/** Somebody has an account now. Key: the user's id. */
export const UserSignedUp = defineEvent({
  type: 'accounts.user.signed-up',
  version: 1,
  topic,
  data: user.extend({ signedUpAt: instant() }),
});

/** Name, contact, roles or workplaces are other than before; carries all of them. Key: the user's id. */
export const UserChanged = defineEvent({
  type: 'accounts.user.changed',
  version: 1,
  topic,
  data: user,
});

/** Somebody asked for a one-time code. It is sealed: only who shares the secret can read it. Key: the user's id. */
export const PasswordResetRequested = defineEvent({
  type: 'accounts.user.password-reset-requested',
  version: 1,
  topic,
  data: z.object({ sealedCode: z.string(), expiresAt: instant() }),
});
