import { createServer, type AddressInfo } from 'node:net';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { graphql, isObjectType, parse, type GraphQLSchema } from 'graphql';
import { cinema, cinemaSizes } from './cinema.ts';
import { entityOf, generatedData, type ListSizes } from './generated-data.ts';
import { HttpMessages } from './http-messages.ts';
import { shop, shopSizes } from './shop.ts';
import { PLACEHOLDER, UNIQUE_ID } from './unique-ids.ts';

/** Answers that are kept. More than a run asks for; a gateway whose requests are never alike cannot fill the memory. */
const MOST_ANSWERS = 20_000;

/** One subgraph over generated data. What it was asked once it answers from memory. */
class RememberingSubgraph {
  private readonly schema: GraphQLSchema;
  private readonly fieldResolver: ReturnType<typeof generatedData>;
  private readonly answers = new Map<string, string>();

  constructor(sdl: string, sizes: ListSizes) {
    const typeDefs = parse(sdl);
    const types = Object.values(buildSubgraphSchema({ typeDefs }).getTypeMap());
    const entities = types.filter((type) => isObjectType(type) && 'id' in type.getFields());
    this.schema = buildSubgraphSchema({
      typeDefs,
      resolvers: Object.fromEntries(
        entities.map(({ name }) => [name, { __resolveReference: entityOf }]),
      ),
    });
    this.fieldResolver = generatedData(sizes);
  }

  async answer(body: string): Promise<string> {
    const [id] = UNIQUE_ID.exec(body) ?? [];
    const key = id === undefined ? body : body.replaceAll(id, PLACEHOLDER);
    let answer = this.answers.get(key);
    if (answer === undefined) {
      answer = await this.execute(key);
      if (this.answers.size < MOST_ANSWERS) this.answers.set(key, answer);
    }
    return id === undefined ? answer : answer.replaceAll(PLACEHOLDER, id);
  }

  private async execute(body: string): Promise<string> {
    const { query, variables, operationName } = JSON.parse(body) as {
      query: string;
      variables?: Record<string, unknown>;
      operationName?: string;
    };
    const { schema, fieldResolver } = this;
    const source = { schema, source: query, variableValues: variables, operationName };
    return JSON.stringify(await graphql({ ...source, fieldResolver }));
  }
}

const subgraphs = new Map<string, RememberingSubgraph>();
for (const [name, sdl] of Object.entries(cinema)) {
  subgraphs.set('/' + name, new RememberingSubgraph(sdl, cinemaSizes));
}
for (const [name, sdl] of Object.entries(await shop())) {
  subgraphs.set('/' + name, new RememberingSubgraph(sdl, shopSizes));
}

const server = createServer({ noDelay: true }, (socket) => {
  let last: Promise<unknown> = Promise.resolve();
  const messages = new HttpMessages((head, body) => {
    const path = head.slice(head.indexOf(' ') + 1, head.indexOf(' ', 5));
    const answer = subgraphs.get(path)?.answer(body.toString('latin1')) ?? Promise.resolve('{}');
    // Answers go out in the order of the questions, should a client not wait for them.
    last = last.then(async () => {
      const text = await answer;
      const start = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ';
      // All of the data is ASCII: as many bytes as characters.
      socket.write(`${start}${text.length}\r\n\r\n${text}`, 'latin1');
    });
  });
  socket.on('data', (chunk: Buffer) => messages.push(chunk));
  socket.on('error', () => socket.destroy());
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.on('disconnect', () => process.exit());
