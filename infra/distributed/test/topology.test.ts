import { readRouterConfig } from '@crema/router';
import { planTopology, type Wishes } from '../src/topology.ts';

const SECRETS = { CALLER_SECRET: 'c'.repeat(32), SEAL_SECRET: 's'.repeat(32) };

const plan = (env: Wishes['env']) =>
  planTopology({
    subgraphs: [{ name: 'accounts', url: 'http://127.0.0.1:4001/graphql' }],
    replicas: new Map(),
    port: 4000,
    host: '127.0.0.1',
    supergraphFile: 'supergraph.graphql',
    folder: '/tmp/crema',
    secrets: SECRETS,
    demo: false,
    isProduction: false,
    env,
  });

it('lets the router start with nothing but whom to believe and how to sign', async () => {
  const { router } = await plan({ TOKEN_ISSUER: 'shop' });
  expect(router.env).toMatchObject({
    ...SECRETS,
    REQUIRED_SETTINGS: 'CALLER_SECRET,JWKS_URL',
    JWKS_URL: 'http://127.0.0.1:4001/.well-known/jwks.json',
    JWT_ISSUER: 'shop',
    JWT_AUDIENCE: 'crema',
  });
});

it('leaves secrets to Vault where there is one', async () => {
  const { subgraphs, router } = await plan({ VAULT_ADDR: 'http://vault:8200', CONFIG_FILE: 'x' });
  for (const { env } of [...subgraphs, router]) {
    expect(env).toMatchObject({ VAULT_ADDR: 'http://vault:8200', CONFIG_FILE: undefined });
    expect(env).not.toHaveProperty('CALLER_SECRET');
  }
});

describe('the router of several processes', () => {
  it('shares what replicas share where the others do, and keeps no answers unless told', async () => {
    const { router } = await plan({ CACHE_URL: 'redis://127.0.0.1' });
    expect(readRouterConfig([], router.env)).toMatchObject({
      CACHE_URL: 'redis://127.0.0.1',
      APQ: true,
      RESPONSE_CACHE: false,
    });
  });

  it('hears of the events that make answers old, by the names that topics have', async () => {
    const { router } = await plan({
      EVENTS_URL: 'kafka://a:9092,b:9092?prefix=shop-&partitions=8',
      RESPONSE_CACHE: 'true',
    });
    expect(readRouterConfig([], router.env)).toMatchObject({
      INVALIDATION_EVENTS_URL: 'kafka://a:9092,b:9092',
      INVALIDATION_TOPICS: { 'shop-menu.products': [{ subgraph: 'menu' }] },
    });
  });

  it('hears of none where events are files, and of others where it is told so', async () => {
    const onFiles = await plan({ EVENTS_URL: 'file:events' });
    expect(onFiles.router.env).not.toHaveProperty('INVALIDATION_EVENTS_URL');
    const told = await plan({ EVENTS_URL: 'kafka://a:9092', INVALIDATION_TOPICS: '{}' });
    expect(told.router.env).toMatchObject({ INVALIDATION_TOPICS: '{}' });
  });
});
