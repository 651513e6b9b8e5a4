/** The media types of an answer that is one JSON text. */
export type AnswerType = 'application/graphql-response+json' | 'application/json';

/** The media types of a stream of answers. */
export type EventsType = 'text/event-stream' | 'multipart/mixed;subscriptionSpec=1.0';

/** The media types of what comes bit by bit: a stream of answers, or the parts of one. */
export type StreamType = EventsType | 'multipart/mixed;deferSpec=20220824';

/** What a client takes, by its `accept` header; undefined where it takes nothing that there is. */
export interface Accepted {
  /** For operations with one answer. Of equal wishes JSON wins. */
  readonly single: AnswerType | StreamType | undefined;
  /** For subscriptions. Wildcards do not count: who does not know of streams would wait for their end. */
  readonly stream: EventsType | undefined;
  /** Whether queries that defer are to be answered in parts: who names the protocol has it before JSON. */
  readonly inParts: boolean;
}

interface Range<T> {
  readonly type: T;
  readonly quality: number;
}

const RESPONSE: AnswerType = 'application/graphql-response+json';
const JSON_TYPE: AnswerType = 'application/json';
const PARTS: StreamType = 'multipart/mixed;deferSpec=20220824';

/** Finds the types that a client wants most; of equal wishes the first counts. */
export function negotiate(accept: string | undefined): Accepted {
  if (!accept) return { single: JSON_TYPE, stream: undefined, inParts: false };
  const json: Range<AnswerType>[] = [];
  const streams: Range<EventsType>[] = [];
  const parts: Range<StreamType>[] = [];
  for (const range of accept.split(',')) {
    const [name = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    const quality = qualityOf(parameters);
    const type = JSON_TYPES[name];
    const stream = eventsTypeOf(name, parameters);
    if (type) json.push({ type, quality });
    if (stream) streams.push({ type: stream, quality });
    if (isOfParts(name, parameters)) parts.push({ type: PARTS, quality });
  }
  return {
    single: most<AnswerType | StreamType>([...json, ...streams, ...parts]),
    stream: most(streams),
    inParts: most<AnswerType | StreamType>([...parts, ...json]) === PARTS,
  };
}

export function isStream(type: AnswerType | StreamType): type is StreamType {
  return type !== RESPONSE && type !== JSON_TYPE;
}

const JSON_TYPES: Readonly<Record<string, AnswerType>> = {
  [RESPONSE]: RESPONSE,
  [JSON_TYPE]: JSON_TYPE,
  'application/*': JSON_TYPE,
  '*/*': JSON_TYPE,
};

function eventsTypeOf(name: string, parameters: readonly string[]): EventsType | undefined {
  if (name === 'text/event-stream') return name;
  const isSubscription = parameters.some((one) => /^subscriptionspec="?1\.0"?$/.test(one));
  if (name !== 'multipart/mixed' || !isSubscription) return undefined;
  return 'multipart/mixed;subscriptionSpec=1.0';
}

function isOfParts(name: string, parameters: readonly string[]): boolean {
  return (
    name === 'multipart/mixed' && parameters.some((one) => /^deferspec="?20220824"?$/.test(one))
  );
}

function most<T>(ranges: readonly Range<T>[]): T | undefined {
  let best: Range<T> | undefined;
  for (const range of ranges) {
    if (range.quality > (best?.quality ?? 0)) best = range;
  }
  return best?.type;
}

function qualityOf(parameters: readonly string[]): number {
  const quality = parameters.find((parameter) => parameter.startsWith('q='));
  return quality === undefined ? 1 : Number(quality.slice(2)) || 0;
}
