import type { CollectionOptions, Document, Documents } from '../documents/documents.ts';

/** The same documents; `operations` is told of each operation as it begins, such as `cups.insert`. */
export const countedDocuments = (documents: Documents, operations: string[]): Documents => ({
  collection: async <Doc extends Document>(options: CollectionOptions<Doc>) =>
    new Proxy(await documents.collection(options), {
      get(collection, method: string, receiver) {
        const work: unknown = Reflect.get(collection, method, receiver);
        if (typeof work !== 'function') return work;
        return (...given: unknown[]): unknown => {
          operations.push(`${options.name}.${method}`);
          return Reflect.apply(work, collection, given);
        };
      },
    }),
  close: () => documents.close(),
});
