import { refused, type Caller, type Collection } from '@crema/kit';
import { z } from 'zod';
import { Channel } from '../entities/channel.ts';
import type { ChannelPreference } from '../entities/channel-preference.ts';
import { NotificationKind } from '../entities/notification-kind.ts';
import { canBeChosen, defaultChannels, KINDS } from './channels.ts';

/** What somebody chose for one kind. */
export interface Choice {
  readonly id: string;
  readonly userId: string;
  readonly kind: NotificationKind;
  readonly channels: readonly Channel[];
}

export const choiceSchema = z.strictObject({
  id: z.string(),
  userId: z.string(),
  kind: z.enum(NotificationKind),
  channels: z.array(z.enum(Channel)).readonly(),
});

const idOf = (userId: string, kind: NotificationKind): string => `${userId}/${kind}`;

/** Who wants what through which channels. */
export class Preferences {
  constructor(private readonly choices: Collection<Choice>) {}

  /** Null unless chosen. */
  async chosen(userId: string, kind: NotificationKind): Promise<readonly Channel[] | null> {
    if (!canBeChosen(kind)) return null;
    return (await this.choices.get(idOf(userId, kind)))?.channels ?? null;
  }

  /** One for each kind, the defaults where nothing was chosen. */
  async all(userId: string): Promise<ChannelPreference[]> {
    const choices = await this.choices.getMany(KINDS.map((kind) => idOf(userId, kind)));
    return KINDS.map((kind, index) => ({
      kind,
      channels: choices[index]?.channels ?? defaultChannels(kind),
    }));
  }

  async choose(
    caller: Caller,
    kind: NotificationKind,
    channels: readonly Channel[],
  ): Promise<void> {
    const userId = caller.requireId();
    if (!canBeChosen(kind)) {
      throw refused('NOT_CHANGEABLE', 'Codes are always sent by e-mail.', ['kind']);
    }
    if (new Set(channels).size < channels.length) {
      throw refused('INVALID_INPUT', 'Each channel may be named once.', ['channels']);
    }
    await this.choices.put({ id: idOf(userId, kind), userId, kind, channels });
  }
}
