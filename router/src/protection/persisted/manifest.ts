import { stripIgnoredCharacters } from 'graphql';
import { z } from 'zod';

/** The manifest of persisted operations cannot be used; the message says why in one line. */
export class InvalidManifestError extends Error {
  constructor(reason: string) {
    super('Invalid manifest of persisted operations: ' + reason);
    this.name = 'InvalidManifestError';
  }
}

const schema = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  version: z.literal(1),
  operations: z.array(z.object({ id: z.string().min(1), body: z.string().min(1) })),
});

/** Layout and comments make a text longer than what was listed; what is far longer is something else. */
const MOST_LAYOUT = 4;

/** The operations that clients were built with, as Apollo's client tools write them down. */
export class Manifest {
  private readonly texts = new Map<string, string>();
  private readonly bodies = new Set<string>();
  private readonly stripped = new Set<string>();
  private longest = 0;

  /** Reads a manifest; throws an `InvalidManifestError` that names what is wrong. */
  static read(text: string): Manifest {
    const manifest = new Manifest();
    const read = schema.safeParse(parsed(text));
    if (!read.success) {
      const [issue] = read.error.issues;
      throw new InvalidManifestError(`${issue?.path.join('.') || 'it'}: ${issue?.message ?? ''}`);
    }
    for (const [index, { id, body }] of read.data.operations.entries()) {
      if (manifest.texts.has(id))
        throw new InvalidManifestError(`two operations have the id ${id}`);
      manifest.add(id, body, index);
    }
    return manifest;
  }

  /** All operations, in their order. */
  get all(): readonly { readonly query: string; readonly operationName: undefined }[] {
    return [...this.texts.values()].map((query) => ({ query, operationName: undefined }));
  }

  /** The text of the operation with this id. */
  textOf(id: string): string | undefined {
    return this.texts.get(id);
  }

  /** Whether a text is that of a listed operation, whatever its layout and comments. */
  lists(text: string): boolean {
    if (this.bodies.has(text)) return true;
    if (text.length > this.longest * MOST_LAYOUT) return false;
    try {
      return this.stripped.has(stripIgnoredCharacters(text));
    } catch {
      return false;
    }
  }

  private add(id: string, body: string, index: number): void {
    this.texts.set(id, body);
    this.bodies.add(body);
    this.longest = Math.max(this.longest, body.length);
    try {
      this.stripped.add(stripIgnoredCharacters(body));
    } catch {
      throw new InvalidManifestError(`operations.${index}.body is not GraphQL`);
    }
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InvalidManifestError('it is not JSON');
  }
}
