import { FileSource } from './file-source.ts';
import { UrlSource } from './url-source.ts';

/** Where a supergraph schema is kept. */
export interface SupergraphSource {
  /** The schema as it is now; undefined when it is known to be what was read last. */
  read(): Promise<string | undefined>;
  /** Calls whenever the schema may have changed; gives what ends that. A source that cannot tell has to be asked. */
  watch?(changed: () => void): () => void;
}

/** The supergraph schema could not be had from where it should be. */
export class SupergraphUnreadableError extends Error {
  constructor(source: string, reason: string) {
    super(`Cannot read the supergraph from ${source}: ${reason}`);
    this.name = 'SupergraphUnreadableError';
  }
}

/** A file, or an http or https URL. Its `read` rejects with a `SupergraphUnreadableError`. */
export function supergraphSource(place: string): SupergraphSource {
  const source = /^https?:\/\//.test(place) ? new UrlSource(place) : new FileSource(place);
  return {
    async read() {
      try {
        const text = await source.read();
        if (text?.trim() === '') throw new Error('it is empty');
        return text;
      } catch (thrown) {
        throw new SupergraphUnreadableError(place, reasonOf(thrown));
      }
    },
    watch: source.watch?.bind(source),
  };
}

/** What a source has when nothing was read from it before. */
export async function readFirst(source: SupergraphSource): Promise<string> {
  const text = await source.read();
  if (text === undefined) throw new Error('Unchanged since before the first time');
  return text;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a directory',
  EACCES: 'it may not be read',
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'the host is unknown',
};

function reasonOf(thrown: unknown): string {
  const { code = '', message } = thrown as NodeJS.ErrnoException;
  return REASONS[code] ?? (message || code);
}
