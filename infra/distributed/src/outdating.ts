import { OUTDATED } from '@crema/standalone/outdating';

/**
 * How the router hears that answers which it keeps are old: from the events of the subgraphs. Where these are files, which only
 * one process reads, it does not.
 */
export function outdatingSettings(eventsUrl: string | undefined): Readonly<Record<string, string>> {
  const [, brokers, query] = /^kafka:\/\/([^/?#]+)(?:\/?\?(.*))?$/.exec(eventsUrl ?? '') ?? [];
  if (!brokers) return {};
  const prefix = new URLSearchParams(query).get('prefix') ?? '';
  const topics = Object.entries(OUTDATED).map(([topic, what]) => [prefix + topic, what]);
  return {
    INVALIDATION_EVENTS_URL: `kafka://${brokers}`,
    INVALIDATION_TOPICS: JSON.stringify(Object.fromEntries(topics)),
  };
}
