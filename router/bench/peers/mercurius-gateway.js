// https://github.com/mercurius-js/mercurius-gateway, with the compiler of
// https://mercurius.dev/#/docs/api/options (`jit`: after so many executions).
import mercuriusGateway from '@mercuriusjs/gateway';
import Fastify from 'fastify';

const services = JSON.parse(process.env.SUBGRAPHS);
const app = Fastify();
await app.register(mercuriusGateway, {
  jit: 1,
  gateway: { services: services.map(({ name, url }) => ({ name, url, mandatory: true })) },
});
await app.listen({ port: Number(process.env.PORT) });
