import type { Clock, Collection } from '@crema/kit';
import { z } from 'zod';
import type { MessageProvider } from './message-provider.ts';

/** A message that went no further. */
export interface KeptMessage {
  readonly id: string;
  readonly at: string;
  readonly channel: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** Missing in what was kept before there was HTML. */
  readonly html?: string | null;
}

export const keptMessageSchema = z.strictObject({
  id: z.string(),
  at: z.string(),
  channel: z.string(),
  to: z.string(),
  subject: z.string(),
  text: z.string(),
  html: z.string().nullable().optional(),
});

const KEPT_MS = 7 * 24 * 60 * 60 * 1_000;

/** Keeps messages where a developer can read them, and sends none. */
export class DevOutbox {
  constructor(
    private readonly messages: Collection<KeptMessage>,
    private readonly clock: Clock,
  ) {}

  provider(channel: MessageProvider['channel']): MessageProvider {
    return {
      name: 'outbox',
      channel,
      isRepeatable: true,
      send: async (message) => {
        await this.messages.insert({ ...message, channel, at: this.clock.now().toISOString() });
      },
    };
  }

  /** The newest first, of one recipient when told. */
  newest(limit: number, to?: string): Promise<KeptMessage[]> {
    return this.messages.find({
      where: { to },
      order: [
        ['at', 'desc'],
        ['id', 'desc'],
      ],
      limit,
    });
  }

  async forgetOld(): Promise<void> {
    const below = new Date(this.clock.now().getTime() - KEPT_MS).toISOString();
    await this.messages.remove({ at: { below } });
  }
}
