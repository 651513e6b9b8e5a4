import { print } from 'graphql';
import type { GraphQLRequest, RequestContext } from '../engine.ts';
import type { Answer, ExecutionRequest } from '../execution/run.ts';
import { NO_LABELS } from '../planning/overrides.ts';
import type { Planner } from '../planning/planner.ts';
import { headerRules, type HeaderRulesGiven } from '../rules/header-rules.ts';
import { RequestHeaders } from '../rules/request-headers.ts';
import { ResponseHeaders } from '../rules/response-headers.ts';
import type { Asker, Hooks } from './hooks.ts';
import { InterceptedTransport } from './intercepted-transport.ts';

/** The rules and hooks of whoever runs the router, at each place where they apply. What is undefined has nothing to do. */
export class Customization {
  /** Which headers of clients are forwarded by rules. */
  readonly requestHeaders: RequestHeaders | undefined;
  /** Collects the headers that an answer gets by rules; one for each execution. */
  readonly newResponseHeaders: ((context: RequestContext) => ResponseHeaders) | undefined;
  /** The request to carry out. */
  readonly request:
    ((request: GraphQLRequest, context: RequestContext) => Promise<GraphQLRequest>) | undefined;
  /** How one execution goes to subgraphs. */
  readonly via: ((context: RequestContext, responseHeaders?: ResponseHeaders) => Via) | undefined;
  /** The answer to give. */
  readonly answer:
    | ((
        answer: Answer,
        operationName: string | undefined,
        context: RequestContext,
      ) => Promise<Answer>)
    | undefined;

  constructor(
    private readonly hooks: Hooks = {},
    rules: HeaderRulesGiven = {},
  ) {
    const { request, response } = headerRules.parse(rules);
    const requestHeaders = request.length > 0 ? new RequestHeaders(request) : undefined;
    this.requestHeaders = requestHeaders;
    if (response.length > 0) {
      this.newResponseHeaders = ({ hasCredentials }) =>
        new ResponseHeaders(response, hasCredentials, requestHeaders);
    }

    const { onRequest, onSubgraphRequest, onResponse } = hooks;
    this.request =
      onRequest &&
      (async (asked, context) => {
        const { headers, address } = context;
        return (
          (await onRequest({ ...askerOf(context), request: asked, headers, address })) ?? asked
        );
      });
    if (requestHeaders || this.newResponseHeaders || onSubgraphRequest) {
      this.via = (context, responseHeaders) => {
        const asker = askerOf(context);
        const interception = { asker, requestHeaders, responseHeaders, onSubgraphRequest };
        return (subgraph, transport) => new InterceptedTransport(subgraph, transport, interception);
      };
    }
    this.answer =
      onResponse &&
      (async (answer, operationName, context) => {
        const { json, headers = {} } = answer;
        const given = await onResponse({ ...askerOf(context), operationName, json, headers });
        if (!given) return answer;
        return { ...answer, json: given.json ?? json, headers: { ...headers, ...given.headers } };
      });
  }

  /** A planner that tells of its plans. */
  planner(planner: Planner): Planner {
    const { onPlan } = this.hooks;
    if (!onPlan) return planner;
    return {
      plan(document, operationName, labels = NO_LABELS) {
        const plan = planner.plan(document, operationName, labels);
        const overrideLabels = [...labels.on];
        onPlan({ document: print(document), operationName, plan, overrideLabels });
        return plan;
      },
    };
  }
}

type Via = NonNullable<ExecutionRequest['via']>;

const askerOf = ({ requestId, caller }: RequestContext): Asker => ({
  requestId,
  claims: caller.claims,
});
