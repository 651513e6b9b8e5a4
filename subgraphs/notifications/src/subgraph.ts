import {
  createSchema,
  createSeal,
  type DocumentDefinition,
  type DocumentSubgraphDeps,
  type HttpRoute,
  type Subgraph,
} from '@crema/kit';
import { readConfig, settings, type NotificationsConfig } from './config.ts';
import { notificationSchema, type Notification } from './entities/notification.ts';
import { cafeConsumers } from './events/cafes.ts';
import { orderConsumers } from './events/orders.ts';
import { peopleConsumers } from './events/people.ts';
import { whenReceived } from './events/received.ts';
import { walletConsumers } from './events/wallet.ts';
import { DeliveryNotes } from './services/delivery-notes.ts';
import { DeliveryReports } from './services/delivery-reports.ts';
import { DevOutbox, keptMessageSchema, type KeptMessage } from './services/dev-outbox.ts';
import type { MessageProvider } from './services/message-provider.ts';
import { outboxPage } from './services/outbox-page.ts';
import { NotificationResolver } from './resolvers/notification-resolver.ts';
import { PreferenceResolver } from './resolvers/preference-resolver.ts';
import { createReferences } from './resolvers/references.ts';
import { UserResolver } from './resolvers/user-resolver.ts';
import { CafeNames, cafeNameSchema, type CafeName } from './services/cafe-names.ts';
import { contactSchema, Contacts, type Contact } from './services/contacts.ts';
import { Inbox } from './services/inbox.ts';
import { Letters } from './services/letters.ts';
import { Notifier } from './services/notifier.ts';
import { choiceSchema, Preferences, type Choice } from './services/preferences.ts';
import { providersOf } from './services/providers.ts';
import { Sender } from './services/sender.ts';
import { sendGridWebhook } from './services/sendgrid-webhook.ts';
import { twilioWebhook } from './services/twilio-webhook.ts';
import { User } from './types/user.ts';

const SECOND_MS = 1_000;
const HOUR_MS = 3_600_000;

/** `providers` takes the place of those that the configuration names: for tests. */
export async function createNotifications(
  deps: DocumentSubgraphDeps,
  config: NotificationsConfig,
  providers?: readonly MessageProvider[],
): Promise<Subgraph> {
  const { documents, events, cache, live, clock, random, log } = deps;
  const notifications = await documents.collection<Notification>({
    name: 'notifications',
    schema: notificationSchema,
    indexes: [
      { fields: ['userId', 'isListed', 'createdAt', 'id'] },
      { fields: ['userId', 'isListed', 'readAt'] },
      { fields: ['emailDueAt', 'id'] },
      { fields: ['smsDueAt', 'id'] },
    ],
  });
  const choices = await documents.collection<Choice>({
    name: 'preferences',
    schema: choiceSchema,
    indexes: [],
  });
  const people = await documents.collection<Contact>({
    name: 'contacts',
    schema: contactSchema,
    indexes: [{ fields: ['isInCharge', 'id'] }, { fields: ['email'] }, { fields: ['phone'] }],
  });
  const names = await documents.collection<CafeName>({
    name: 'cafes',
    schema: cafeNameSchema,
    indexes: [],
  });

  const outbox = config.devOutbox
    ? new DevOutbox(
        await documents.collection<KeptMessage>({
          name: 'outbox',
          schema: keptMessageSchema,
          indexes: [{ fields: ['at', 'id'] }],
        }),
        clock,
      )
    : null;
  const received = live.feed([whenReceived(notifications)]);
  const contacts = new Contacts(people, cache);
  const preferences = new Preferences(choices);
  const cafes = new CafeNames(names);
  const inbox = new Inbox(notifications, clock);
  const sender = new Sender({
    notifications,
    letters: new Letters(contacts, createSeal(config.sealSecret, 'password-reset', random), clock),
    contacts,
    notes: new DeliveryNotes({ notifications, events, clock, random, log }),
    providers: providers ?? providersOf(config, outbox, clock),
    clock,
    log,
  });
  const notifier = new Notifier(
    { notifications, events, live: received },
    { contacts, preferences },
    sender,
    clock,
  );

  return {
    name: 'notifications',
    schema: createSchema({
      resolvers: [
        new NotificationResolver(inbox),
        new PreferenceResolver(preferences),
        new UserResolver(inbox, preferences),
      ],
      types: [User],
      references: createReferences(notifications),
      subscriptions: {
        notificationReceived: (_args, { caller }) => received.subscribe(caller.requireId()),
      },
    }),
    consumers: [
      ...peopleConsumers(contacts, notifier),
      ...cafeConsumers(notifier, cafes, contacts),
      ...orderConsumers(notifier, cafes),
      ...walletConsumers(notifier, contacts),
    ],
    jobs: [
      { name: 'notifications.send-due', everyMs: SECOND_MS, run: () => sender.sendDue() },
      ...(outbox
        ? [{ name: 'notifications.forget-old', everyMs: HOUR_MS, run: () => outbox.forgetOld() }]
        : []),
    ],
    routes: [
      ...(outbox ? [outboxPage(outbox)] : []),
      ...webhooksOf(config, new DeliveryReports(notifications, contacts, clock, log)),
    ],
    close: async () => {
      received.close();
      await sender.stop();
    },
  };
}

function webhooksOf(
  { sendGrid, twilio }: NotificationsConfig,
  reports: DeliveryReports,
): readonly HttpRoute[] {
  const key = sendGrid?.webhookKey;
  const callback = twilio?.statusCallback;
  return [
    ...(key ? [sendGridWebhook(key, reports)] : []),
    ...(callback ? [twilioWebhook(twilio, callback, reports)] : []),
  ];
}

export const notifications: DocumentDefinition<NotificationsConfig> = {
  name: 'notifications',
  storage: 'documents',
  settings,
  readConfig,
  create: (deps, config) => createNotifications(deps, config),
};
