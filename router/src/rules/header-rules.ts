import { z } from 'zod';
import { isProtectedInRequests, isProtectedInResponses } from './protected-headers.ts';

const NAME = /^[\w!#$%&'*+.^`|~-]+$/;
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

const headerName = (isProtected: (name: string) => boolean) =>
  z
    .string()
    .regex(NAME, 'must be the name of a header')
    .transform((name) => name.toLowerCase())
    .refine((name) => !isProtected(name), "is the router's own, and no rule may touch it");

const headerValue = z.string().regex(VALUE, 'must be what a header can hold');

const isPattern = (text: string): boolean => {
  try {
    return new RegExp(text) instanceof RegExp;
  } catch {
    return false;
  }
};

const pattern = () => z.string().refine(isPattern, 'must be a regular expression');

const subgraphs = z
  .array(z.string())
  .optional()
  .describe('The subgraphs that the rule is for. All without it.');

const isOne = (values: readonly unknown[]): boolean =>
  values.filter((value) => value !== undefined).length === 1;

const ONE_ACTION = 'must have exactly one of forward, forwardMatching, insert, remove';

const requestName = headerName(isProtectedInRequests);
const responseName = headerName(isProtectedInResponses);

/** What becomes of headers on the way from a client to a subgraph. */
const requestRule = z
  .strictObject({
    forward: requestName.optional().describe("A header of the client's to pass on."),
    forwardMatching: pattern()
      .optional()
      .describe('A regular expression: headers whose names, in lower case, match are passed on.'),
    as: requestName
      .optional()
      .describe('The name that a forwarded header gets. Its own without it.'),
    default: headerValue
      .optional()
      .describe('What is sent when the client did not send the header to forward.'),
    insert: requestName
      .optional()
      .describe('A header to write. What a client sent by this name is dropped.'),
    value: headerValue.optional().describe('The text to insert.'),
    claim: z
      .string()
      .optional()
      .describe(
        "The claim of the caller's verified token to insert. Nothing without a token or without the claim.",
      ),
    remove: requestName.optional().describe('A header that is not sent.'),
    subgraphs,
  })
  .refine(
    (rule) => isOne([rule.forward, rule.forwardMatching, rule.insert, rule.remove]),
    ONE_ACTION,
  )
  .refine((rule) => rule.insert === undefined || isOne([rule.value, rule.claim]), {
    error: 'must have value or claim with insert',
  })
  .refine((rule) => rule.forward !== undefined || (rule.as ?? rule.default) === undefined, {
    error: 'has as or default, which go with forward',
  })
  .refine((rule) => rule.insert !== undefined || (rule.value ?? rule.claim) === undefined, {
    error: 'has value or claim, which go with insert',
  });

/** What becomes of headers on the way from the subgraphs to the client. */
const responseRule = z
  .strictObject({
    forward: responseName.optional().describe('A header of subgraphs to pass on.'),
    forwardMatching: pattern()
      .optional()
      .describe('A regular expression: headers whose names, in lower case, match are passed on.'),
    as: responseName
      .optional()
      .describe('The name that a forwarded header gets. Its own without it.'),
    merge: z
      .enum(['last', 'first', 'all'])
      .optional()
      .describe(
        'What is told when several subgraphs said it: the last, the first, or all, separated by commas. The last without it; of cache-control always the strictest.',
      ),
    insert: responseName.optional().describe('A header to write.'),
    value: headerValue.optional().describe('The text to insert.'),
    remove: responseName.optional().describe('A header that is not sent.'),
    subgraphs,
  })
  .refine(
    (rule) => isOne([rule.forward, rule.forwardMatching, rule.insert, rule.remove]),
    ONE_ACTION,
  )
  .refine((rule) => (rule.insert === undefined) === (rule.value === undefined), {
    error: 'must have insert and value together',
  })
  .refine((rule) => rule.forward !== undefined || rule.as === undefined, {
    error: 'has as, which goes with forward',
  });

/** Rules for headers, each list applied from its first to its last. */
export const headerRules = z.strictObject({
  request: z.array(requestRule).default([]).describe('From clients to subgraphs.'),
  response: z.array(responseRule).default([]).describe('From subgraphs to clients.'),
});

export type HeaderRules = z.output<typeof headerRules>;
export type RequestRule = HeaderRules['request'][number];
export type ResponseRule = HeaderRules['response'][number];

/** Rules as they are written; `headerRules.parse` checks them. */
export type HeaderRulesGiven = z.input<typeof headerRules>;

/** Whether a rule is for a subgraph. */
export const isFor = (rule: RequestRule | ResponseRule, subgraph: string): boolean =>
  rule.subgraphs === undefined || rule.subgraphs.includes(subgraph);

/** Whether a value may be sent as a header: one that was taken from elsewhere may hold anything. */
export const isHeaderValue = (value: string): boolean => VALUE.test(value);
