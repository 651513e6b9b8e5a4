import type { Clock } from '../clock.ts';
import type { Documents } from './documents.ts';
import { openEmbeddedDocuments } from './documents-embedded.ts';
import { validated } from './documents-validation.ts';

export interface DocumentsOptions {
  /** `file:PATH`: a SQLite file; `mongodb://HOST/DATABASE` or `mongodb+srv://…`: MongoDB. */
  url: string;
  clock: Clock;
}

/** Opens the documents. Rejects, within seconds, when the server of the URL does not answer. */
export async function openDocuments({ url, clock }: DocumentsOptions): Promise<Documents> {
  const scheme = url.split(':')[0]!;
  switch (scheme) {
    case 'file':
      return validated(openEmbeddedDocuments(url, clock));
    case 'mongodb':
    case 'mongodb+srv': {
      // Loaded where it is used only: it is large.
      const { openMongoDocuments } = await import('./documents-mongodb.ts');
      return validated(await openMongoDocuments(url));
    }
    default:
      throw new Error(
        `${scheme}: is no URL of documents; use file:PATH or mongodb://HOST/DATABASE`,
      );
  }
}
