/** The media types an answer may have. */
export type AnswerType = 'application/graphql-response+json' | 'application/json';

const RESPONSE: AnswerType = 'application/graphql-response+json';
const JSON_TYPE: AnswerType = 'application/json';

/** Which type a client wants, by its `accept` header; undefined when it takes neither. */
export function negotiate(accept: string | undefined): AnswerType | undefined {
  if (!accept) return JSON_TYPE;
  let best: { type: AnswerType; quality: number } | undefined;
  for (const range of accept.split(',')) {
    const [name = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    const type = TYPES[name];
    const quality = qualityOf(parameters);
    if (type && quality > (best?.quality ?? 0)) best = { type, quality };
  }
  return best?.type;
}

const TYPES: Readonly<Record<string, AnswerType>> = {
  [RESPONSE]: RESPONSE,
  [JSON_TYPE]: JSON_TYPE,
  'application/*': JSON_TYPE,
  '*/*': JSON_TYPE,
};

function qualityOf(parameters: readonly string[]): number {
  const quality = parameters.find((parameter) => parameter.startsWith('q='));
  return quality === undefined ? 1 : Number(quality.slice(2)) || 0;
}
