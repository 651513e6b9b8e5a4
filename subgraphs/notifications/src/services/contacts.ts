import type { Cache, Collection } from '@crema/kit';
import { z } from 'zod';
import { Channel } from '../entities/channel.ts';
import type { OutgoingChannel } from '../entities/delivery.ts';

/** How somebody is reached, as accounts last told it. */
export interface Contact {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly phone: string | null;
  readonly locale: string | null;
  readonly roles: readonly string[];
  readonly workplaces: readonly string[];
  /** A manager or an administrator: those who answer for stock. */
  readonly isInCharge: boolean;
  /** When accounts told it. */
  readonly changedAt: string;
  /** The address or number from which messages came back for good, until it is another. Missing where none did. */
  readonly refusedEmail?: string | null;
  readonly refusedPhone?: string | null;
}

export const contactSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  phone: z.string().nullable(),
  locale: z.string().nullable(),
  roles: z.array(z.string()).readonly(),
  workplaces: z.array(z.string()).readonly(),
  isInCharge: z.boolean(),
  changedAt: z.string(),
  refusedEmail: z.string().nullable().optional(),
  refusedPhone: z.string().nullable().optional(),
});

const CACHED_MS = 60_000;
const keyOf = (userId: string): string => `notifications:contact:${userId}`;

/** The read model of people, looked up in the cache first. */
export class Contacts {
  constructor(
    private readonly contacts: Collection<Contact>,
    private readonly cache: Cache,
  ) {}

  /** Null for somebody of whom accounts has not told yet. */
  async of(userId: string): Promise<Contact | null> {
    const known = await this.cache.get(keyOf(userId));
    if (known !== null) return JSON.parse(known) as Contact;
    const contact = await this.contacts.get(userId);
    // Added only: what is learnt between the two is newer than what was read.
    if (contact) await this.cache.add(keyOf(userId), JSON.stringify(contact), CACHED_MS);
    return contact;
  }

  /**
   * Keeps what is newer than what is known; an older fact that comes late changes nothing. A new address or number
   * gets messages again.
   */
  async learn(contact: Omit<Contact, 'isInCharge'>): Promise<void> {
    const known = await this.contacts.get(contact.id);
    if (known && known.changedAt > contact.changedAt) return;
    const isInCharge = contact.roles.some((role) => role === 'MANAGER' || role === 'ADMIN');
    const { id, ...learnt } = {
      ...contact,
      isInCharge,
      ...(known?.email !== contact.email && { refusedEmail: null }),
      ...(known?.phone !== contact.phone && { refusedPhone: null }),
    };
    await this.contacts.change(id, { set: learnt, orInsert: { id, ...learnt } });
    await this.cache.set(keyOf(id), JSON.stringify({ ...known, id, ...learnt }), CACHED_MS);
  }

  /** Whether messages to this person's address or number came back for good. */
  async refuses(userId: string, channel: OutgoingChannel): Promise<boolean> {
    const contact = await this.of(userId);
    if (!contact) return false;
    return channel === Channel.EMAIL
      ? contact.email === contact.refusedEmail
      : contact.phone !== null && contact.phone === contact.refusedPhone;
  }

  /** Sends nothing more to an address or number, whosever it is, until they have another. */
  async suppress(channel: OutgoingChannel, address: string): Promise<void> {
    const where =
      channel === Channel.EMAIL
        ? { email: [address, address.toLowerCase()] }
        : { phone: [address] };
    for (const { id, email, phone } of await this.contacts.find({ where })) {
      const set = channel === Channel.EMAIL ? { refusedEmail: email } : { refusedPhone: phone };
      if (await this.contacts.change(id, { where, set })) await this.cache.delete(keyOf(id));
    }
  }

  /** The managers of a café, and nobody else: an administrator is told where they are its manager, too. */
  async managersOf(cafeId: string): Promise<Contact[]> {
    const all = await this.contacts.find({ where: { isInCharge: true }, order: [['id', 'asc']] });
    return all.filter(
      ({ roles, workplaces }) => roles.includes('MANAGER') && workplaces.includes(cafeId),
    );
  }
}
