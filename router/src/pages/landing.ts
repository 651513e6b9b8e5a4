import type { Route } from '../transport/in/http-server.ts';
import { respond } from './respond.ts';

const SANDBOX = 'https://embeddable-sandbox.cdn.apollographql.com/_latest/';

/** The page at `/`: Apollo Sandbox for development, one line in production. */
export function landingRoute(mode: 'development' | 'production', graphqlPath: string): Route {
  return {
    method: 'GET',
    path: '/',
    handle(_request, response) {
      if (mode === 'development') respond(response, 200, 'text/html', sandboxPage(graphqlPath));
      else respond(response, 200, 'text/plain', `GraphQL is served at ${graphqlPath}\n`);
    },
  };
}

function sandboxPage(graphqlPath: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Apollo Sandbox</title>
    <link rel="icon" href="data:," />
    <style>
      html, body, #sandbox { height: 100%; margin: 0; }
      #offline { font: 16px/1.5 system-ui, sans-serif; max-width: 40rem; margin: 4rem auto; }
      iframe { border: 0; height: 100%; width: 100%; }
    </style>
  </head>
  <body>
    <div id="sandbox"></div>
    <div id="offline" hidden>
      <p>Apollo Sandbox is loaded from the internet, which cannot be reached.</p>
      <p><a href="/graphiql">Open GraphiQL</a>, which is served from here.</p>
    </div>
    <script>
      function offline() {
        document.getElementById('sandbox').hidden = true;
        document.getElementById('offline').hidden = false;
      }
    </script>
    <script src="${SANDBOX}embeddable-sandbox.umd.production.min.js" onerror="offline()"></script>
    <script>
      if (window.EmbeddedSandbox) {
        new window.EmbeddedSandbox({
          target: '#sandbox',
          initialEndpoint: location.origin + '${graphqlPath}',
          includeCookies: true,
        });
      }
    </script>
    <noscript><a href="/graphiql">GraphiQL</a> and Apollo Sandbox need JavaScript.</noscript>
  </body>
</html>
`;
}
