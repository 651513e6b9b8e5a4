import {
  RequestError,
  type OnRequest,
  type OnResponse,
  type OnSubgraphRequest,
} from '@crema/router';

/**
 * Serves many tenants of one graph. Clients name theirs in a header, which `headers: { request: [{ forward: x-tenant }] }` lets
 * through; what names none is refused. Subgraphs get it as `x-shop`, and answers tell the operation that they are to.
 */
export const onRequest: OnRequest = ({ headers }) => {
  if (isTenant(headers['x-tenant'])) return;
  const message = 'The header x-tenant must name a tenant';
  throw new RequestError([{ message, extensions: { code: 'TENANT_MISSING' } }], 400);
};

export const onSubgraphRequest: OnSubgraphRequest = ({ request }) => {
  const { 'x-tenant': tenant = '', ...headers } = request.headers;
  return { request: { headers: { ...headers, 'x-shop': `shop-${tenant}` } } };
};

export const onResponse: OnResponse = ({ operationName }) => ({
  headers: { 'x-operation': operationName ?? 'anonymous' },
});

const isTenant = (name: string | undefined): boolean => /^[a-z]{1,20}$/.test(name ?? '');
