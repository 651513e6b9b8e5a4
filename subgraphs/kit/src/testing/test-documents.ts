import { basename, join } from 'node:path';

/** Where the documents of a test are. */
export interface TestDocuments {
  url(name: string): string;
  /** Removes what is not in the test's folder. */
  remove(): Promise<void>;
}

/**
 * Documents are in a file of the test's folder, or in databases of the test's own on the server that
 * CREMA_TEST_DOCUMENTS names (`mongodb://HOST`).
 */
export function testDocuments(folder: string): TestDocuments {
  const server = process.env['CREMA_TEST_DOCUMENTS'];
  if (!server) {
    return { url: (name) => `file:${join(folder, `${name}.db`)}`, remove: async () => undefined };
  }
  const urls = new Set<string>();
  return {
    url(name) {
      const url = `${server}/${basename(folder)}-${name}`;
      urls.add(url);
      return url;
    },
    async remove() {
      const { createConnection } = await import('mongoose');
      for (const url of urls) {
        const connection = await createConnection(url).asPromise();
        await connection.dropDatabase();
        await connection.close();
      }
    },
  };
}
