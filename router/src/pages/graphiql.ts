import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Route } from '../transport/in/http-server.ts';
import { graphiqlScript } from './graphiql-script.ts';
import { respond } from './respond.ts';

interface Asset {
  readonly package: string;
  readonly file: string;
  readonly type: string;
}

const JAVASCRIPT = 'text/javascript';

/** The files of GraphiQL's page, each from its npm package, so that it works without the internet. */
const ASSETS: Readonly<Record<string, Asset>> = {
  'react.js': { package: 'react', file: 'umd/react.production.min.js', type: JAVASCRIPT },
  'react-dom.js': {
    package: 'react-dom',
    file: 'umd/react-dom.production.min.js',
    type: JAVASCRIPT,
  },
  'graphql-ws.js': { package: 'graphql-ws', file: 'umd/graphql-ws.min.js', type: JAVASCRIPT },
  'graphiql.js': { package: 'graphiql', file: 'graphiql.min.js', type: JAVASCRIPT },
  'graphiql.css': { package: 'graphiql', file: 'graphiql.min.css', type: 'text/css' },
};

const BASE = '/graphiql';

/** GraphiQL at `/graphiql`, with subscriptions and an editor for headers. */
export function graphiqlRoutes(graphqlPath: string): Route[] {
  const assets = Object.entries(ASSETS).map(([name, asset]) => assetRoute(name, asset));
  return [
    textRoute(BASE, 'text/html', PAGE),
    textRoute(`${BASE}/page.js`, JAVASCRIPT, graphiqlScript(graphqlPath)),
    ...assets,
  ];
}

function textRoute(path: string, type: string, text: string): Route {
  return {
    method: 'GET',
    path,
    handle: (_request, response) => respond(response, 200, type, text),
  };
}

function assetRoute(name: string, asset: Asset): Route {
  let content: Promise<Buffer> | undefined;
  return {
    method: 'GET',
    path: `${BASE}/${name}`,
    async handle(_request, response) {
      content ??= readFile(locate(asset));
      const body = await content;
      response.setHeader('cache-control', 'max-age=3600');
      respond(response, 200, asset.type, body);
    },
  };
}

function locate(asset: Asset): string {
  const { resolve } = createRequire(import.meta.url);
  return join(dirname(resolve(`${asset.package}/package.json`)), asset.file);
}

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>GraphiQL</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="${BASE}/graphiql.css" />
    <style>
      html, body, #graphiql { height: 100%; margin: 0; }
    </style>
  </head>
  <body>
    <div id="graphiql">Loading…</div>
    <script src="${BASE}/react.js"></script>
    <script src="${BASE}/react-dom.js"></script>
    <script src="${BASE}/graphql-ws.js"></script>
    <script src="${BASE}/graphiql.js"></script>
    <script src="${BASE}/page.js"></script>
  </body>
</html>
`;
