// As apollo-gateway.js, with a data source on a pool of connections; it can be one of one's own:
// https://www.apollographql.com/docs/apollo-server/using-federation/api/apollo-gateway#class-remotegraphqldatasource
import { readFile } from 'node:fs/promises';
import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { Pool } from 'undici';

class PoolDataSource {
  constructor(url) {
    const { origin, pathname } = new URL(url);
    this.pool = new Pool(origin, { connections: 64 });
    this.path = pathname;
  }

  async process({ request: { query, variables, operationName } }) {
    const { body } = await this.pool.request({
      method: 'POST',
      path: this.path,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables, operationName }),
    });
    return body.json();
  }
}

const supergraphSdl = await readFile(process.env.SUPERGRAPH, 'utf8');
const gateway = new ApolloGateway({
  supergraphSdl,
  buildService: ({ url }) => new PoolDataSource(url),
});
const server = new ApolloServer({ gateway });
await startStandaloneServer(server, { listen: { port: Number(process.env.PORT) } });
