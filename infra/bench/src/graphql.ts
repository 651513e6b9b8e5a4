import { Pool } from 'undici';

/** Asks one server over kept connections. Throws on any GraphQL error: a benchmark counts only what worked. */
export class GraphQLCaller {
  private readonly pool: Pool;
  private readonly path: string;

  constructor(url: string, connections: number) {
    const { origin, pathname } = new URL(url);
    this.pool = new Pool(origin, { connections });
    this.path = pathname;
  }

  async text(query: string, variables: object, token?: string): Promise<string> {
    const { statusCode, body } = await this.pool.request({
      method: 'POST',
      path: this.path,
      headers: {
        'content-type': 'application/json',
        ...(token && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({ query, variables }),
    });
    const text = await body.text();
    if (statusCode !== 200) throw new Error(`${statusCode}: ${text}`);
    return text;
  }

  async ask<Data>(query: string, variables: object = {}, token?: string): Promise<Data> {
    const { data, errors } = JSON.parse(await this.text(query, variables, token)) as {
      data: Data;
      errors?: { message: string }[];
    };
    if (errors) throw new Error(errors.map(({ message }) => message).join(' '));
    return data;
  }

  close(): Promise<void> {
    return this.pool.close();
  }
}
