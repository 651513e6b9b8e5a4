import { Channel } from '../src/entities/channel.ts';
import type { OutgoingChannel } from '../src/entities/delivery.ts';
import type { Message, MessageProvider } from '../src/services/message-provider.ts';

/** What a provider does with a message: takes it, throws, or waits for the test. */
export type Step = 'sent' | Error | Promise<void>;

/** A provider that does for each message in turn what it is told, and then takes all. */
export function scripted(isRepeatable: boolean, ...script: Step[]) {
  return scriptedFor(Channel.EMAIL, isRepeatable, ...script);
}

export function scriptedFor(channel: OutgoingChannel, isRepeatable: boolean, ...script: Step[]) {
  const sent: Message[] = [];
  const asked: Message[] = [];
  const provider: MessageProvider = {
    name: 'scripted',
    channel,
    isRepeatable,
    send: async (message) => {
      asked.push(message);
      const next = script.shift() ?? 'sent';
      if (next instanceof Error) throw next;
      if (next !== 'sent') await next;
      sent.push(message);
    },
  };
  return { provider, sent, asked, script };
}
