import { LRUCache } from 'lru-cache';
import type { RedisServer } from '../../caching/redis-server.ts';

/** Texts of operations by their SHA-256, kept for clients that send the hash alone. Any of them may be forgotten. */
export interface OperationTexts {
  get(hash: string): string | undefined | Promise<string | undefined>;
  set(hash: string, text: string): void;
}

/** So many UTF-16 code units of texts in this process; those used longest ago are forgotten first. */
const MAX_LENGTH = 16 * 1024 * 1024;
const SHARED_FOR_MS = 7 * 24 * 3_600_000;

/** Texts in this process. */
export class LocalTexts implements OperationTexts {
  private readonly texts = new LRUCache<string, string>({
    maxSize: MAX_LENGTH,
    sizeCalculation: (text, hash) => text.length + hash.length,
  });

  get(hash: string): string | undefined {
    return this.texts.get(hash);
  }

  set(hash: string, text: string): void {
    this.texts.set(hash, text);
  }
}

/** Texts that all replicas of the router share, those in use being at hand in each. */
export class SharedTexts implements OperationTexts {
  private readonly local = new LocalTexts();

  constructor(private readonly server: RedisServer) {}

  get(hash: string): string | Promise<string | undefined> {
    return this.local.get(hash) ?? this.fetch(hash);
  }

  set(hash: string, text: string): void {
    if (this.local.get(hash) === text) return;
    this.local.set(hash, text);
    void this.server.ask((redis) => redis.set('operation:' + hash, text, 'PX', SHARED_FOR_MS));
  }

  private async fetch(hash: string): Promise<string | undefined> {
    const text = await this.server.ask((redis) => redis.get('operation:' + hash));
    if (typeof text !== 'string') return undefined;
    this.local.set(hash, text);
    return text;
  }
}

/** Texts in a server that replicas share, or in this process where there is none. */
export const textsIn = (server: RedisServer | undefined): OperationTexts =>
  server ? new SharedTexts(server) : new LocalTexts();
