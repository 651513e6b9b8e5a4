/**
 * What runs in GraphiQL's page. Headers from its editor go along with every operation: as HTTP
 * headers, and as connection parameters of a subscription, which has a connection of its own so
 * that a changed token is used at once.
 */
export function graphiqlScript(graphqlPath: string): string {
  return `'use strict';
const path = ${JSON.stringify(graphqlPath)};

function isSubscription({ operationName }, documentAST) {
  const operations = (documentAST?.definitions ?? []).filter(
    (definition) => definition.kind === 'OperationDefinition',
  );
  const chosen = operations.find(({ name }) => name?.value === operationName) ?? operations[0];
  return chosen?.operation === 'subscription';
}

async function* subscribe(params, headers) {
  const url = new URL(path, location.href.replace(/^http/, 'ws'));
  const client = graphqlWs.createClient({
    url: url.href,
    connectionParams: { headers },
    retryAttempts: 0,
  });
  try {
    yield* client.iterate(params);
  } catch (closed) {
    throw closed instanceof CloseEvent ? new Error(closed.code + ' ' + closed.reason) : closed;
  } finally {
    client.dispose();
  }
}

async function request(params, headers) {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(params),
  });
  return response.json();
}

function fetcher(params, { headers = {}, documentAST } = {}) {
  return isSubscription(params, documentAST) ? subscribe(params, headers) : request(params, headers);
}

ReactDOM.createRoot(document.getElementById('graphiql')).render(
  React.createElement(GraphiQL, {
    fetcher,
    // A link can bring its operation along.
    query: new URLSearchParams(location.search).get('query') ?? undefined,
    defaultEditorToolsVisibility: 'headers',
  }),
);
`;
}
