import type { Collection, CollectionOptions, Document, Documents } from '@crema/kit';

/** What was asked of documents, and how many came back. */
export interface Reads {
  operations: number;
  documents: number;
}

const READS: readonly PropertyKey[] = ['get', 'getMany', 'find', 'totals'];

/** The same documents; `reads` is told of each read and of the documents, or groups of them, that it gave. */
export const countedReads = (documents: Documents, reads: Reads): Documents => ({
  collection: async <Doc extends Document>(options: CollectionOptions<Doc>) => {
    const collection = await documents.collection(options);
    const counted = async (found: Promise<unknown>): Promise<unknown> => {
      const all = await found;
      reads.operations += 1;
      reads.documents += Array.isArray(all) ? all.filter(Boolean).length : Number(all !== null);
      return all;
    };
    return new Proxy<Collection<Doc>>(collection, {
      get(_, name, receiver) {
        const work: unknown = Reflect.get(collection, name, receiver);
        if (!READS.includes(name) || typeof work !== 'function') return work;
        return (...given: unknown[]) =>
          counted(Reflect.apply(work, collection, given) as Promise<unknown>);
      },
    });
  },
  close: () => documents.close(),
});
