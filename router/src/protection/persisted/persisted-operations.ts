import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { RequestError } from '../../errors.ts';
import type { Logger } from '../../system/logger.ts';
import { InvalidManifestError, type Manifest } from './manifest.ts';
import type { OperationTexts } from './operation-texts.ts';

/** What happens to an operation that the manifest does not list: nothing, a line in the log, or a refusal. */
export type Safelist = 'off' | 'report' | 'enforce';

export interface PersistedOperationsOptions {
  readonly manifest: Manifest | undefined;
  readonly safelist: Safelist;
  /** Where texts are kept that clients register (APQ); undefined: they cannot. */
  readonly texts: OperationTexts | undefined;
  readonly log: Logger;
}

/** What a client sends for an operation: its text, its id in the manifest or its hash, or the text and either. */
export interface OperationReference {
  readonly query?: string | undefined;
  readonly persistedId?: string | undefined;
}

/** So many unknown operations are remembered, to be reported once. */
const MAX_REPORTED = 1_000;

/** Finds the text that a client refers to, and sees to it that it may be asked for. */
export class PersistedOperations {
  private readonly reported = new LRUCache<string, true>({ max: MAX_REPORTED });

  constructor(private readonly options: PersistedOperationsOptions) {
    if (options.safelist !== 'off' && !options.manifest) {
      throw new InvalidManifestError('a safelist needs one, and there is none');
    }
  }

  /** The text of the operation. Rejects with a `RequestError` when it is not known or not allowed. */
  async textOf(reference: OperationReference, requestId: string): Promise<string> {
    const text = reference.query ?? (await this.referredTo(reference.persistedId));
    if (reference.query !== undefined && reference.persistedId !== undefined) {
      this.refuseMismatch(reference.query, reference.persistedId);
    }
    this.refuseUnlisted(text, requestId);
    return text;
  }

  /** Keeps a text that a client sent with its hash. Called when the operation has turned out to be valid. */
  register({ query, persistedId }: OperationReference): void {
    const { manifest, texts } = this.options;
    if (query === undefined || persistedId === undefined) return;
    if (manifest?.textOf(persistedId) === undefined) texts?.set(persistedId, query);
  }

  private async referredTo(id: string | undefined): Promise<string> {
    if (id === undefined) {
      throw RequestError.of('BAD_REQUEST', 'The parameter "query" is missing');
    }
    const { manifest, texts } = this.options;
    const text = manifest?.textOf(id) ?? (await texts?.get(id));
    if (text !== undefined) return text;
    // Clients look for these very words, and some of them at answers with status 200 alone.
    throw texts
      ? RequestError.of('PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound', 200)
      : RequestError.of('PERSISTED_QUERY_NOT_SUPPORTED', 'PersistedQueryNotSupported', 200);
  }

  private refuseMismatch(query: string, id: string): void {
    const { manifest, texts } = this.options;
    // An id of the manifest need not be a hash, and a text is judged by itself.
    if (!texts || manifest?.textOf(id) !== undefined || sha256(query) === id) return;
    throw RequestError.of('BAD_REQUEST', 'The hash is not the SHA-256 of the query');
  }

  private refuseUnlisted(text: string, requestId: string): void {
    const { manifest, safelist, log } = this.options;
    if (safelist === 'off' || !manifest || manifest.lists(text)) return;
    if (safelist === 'enforce') {
      const message = 'Only operations of the safelist are answered, and this is none of them';
      throw RequestError.of('QUERY_NOT_IN_SAFELIST', message, 403);
    }
    const hash = sha256(text);
    if (this.reported.has(hash)) return;
    this.reported.set(hash, true);
    // Not the text, in which somebody's data may stand.
    log.warn({ requestId, hash, operation: nameIn(text) }, 'An operation is not in the safelist');
  }
}

const nameIn = (text: string): string | undefined =>
  /\b(?:query|mutation|subscription)\s+(\w{1,100})/.exec(text)?.[1];

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
