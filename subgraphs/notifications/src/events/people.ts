import { onIdempotent, type Consumer } from '@crema/kit';
import { PasswordResetRequested, UserChanged, UserSignedUp } from '@crema/schema/events';
import type { z } from 'zod';
import { NotificationKind } from '../entities/notification-kind.ts';
import type { Contacts } from '../services/contacts.ts';
import type { Notifier } from '../services/notifier.ts';

export function peopleConsumers(contacts: Contacts, notifier: Notifier): Consumer[] {
  return [
    onIdempotent(UserSignedUp, 'notifications.learn-contact', ({ key, time, data }) =>
      contacts.learn({ ...contactOf(data), id: key, changedAt: time }),
    ),
    onIdempotent(UserChanged, 'notifications.learn-contact', ({ key, time, data }) =>
      contacts.learn({ ...contactOf(data), id: key, changedAt: time }),
    ),
    onIdempotent(PasswordResetRequested, 'notifications.send-code', ({ id, key, data }) =>
      notifier.notify(
        NotificationKind.PASSWORD_RESET,
        {},
        {
          eventId: id,
          userId: key,
          code: { sealed: data.sealedCode, expiresAt: data.expiresAt },
        },
      ),
    ),
  ];
}

const contactOf = (data: z.output<typeof UserChanged.data>) => ({
  name: data.name,
  email: data.email,
  phone: data.phone,
  locale: data.locale ?? null,
  roles: data.roles,
  workplaces: data.workplaces,
});
