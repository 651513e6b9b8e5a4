import type { Collection, Document, Documents } from '@crema/kit';

/** What was asked of documents, and how many came back. */
export interface Reads {
  operations: number;
  documents: number;
}

const READS: readonly PropertyKey[] = ['get', 'getMany', 'find', 'totals'];

/** The same documents; `reads` is told of each read and of the documents, or groups of them, that it gave. */
export const countedReads = (documents: Documents, reads: Reads): Documents => ({
  collection: async <Doc extends Document>(options: Parameters<Documents['collection']>[0]) => {
    const collection = await documents.collection<Doc>(options as never);
    const counted = async <Found>(found: Promise<Found>): Promise<Found> => {
      const all: unknown = await found;
      reads.operations += 1;
      reads.documents += Array.isArray(all) ? all.filter(Boolean).length : Number(all !== null);
      return all as Found;
    };
    return new Proxy<Collection<Doc>>(collection, {
      get(_, name, receiver) {
        const work: unknown = Reflect.get(collection, name, receiver);
        if (!READS.includes(name) || typeof work !== 'function') return work;
        return (...given: unknown[]) =>
          counted(Reflect.apply(work, collection, given) as Promise<unknown>);
      },
    }) as never;
  },
  close: () => documents.close(),
});
