import type { Entity } from './run.ts';

/** What wrote an object, and the text that it wrote. */
interface Written {
  readonly by: object;
  readonly text: string;
}

/**
 * Objects that stand at several places of an answer. A subgraph tells an entity again wherever it is met; where it told the
 * same each time, one object takes all of these places, and is filled in and written once.
 */
export class SharedObjects {
  private written: Map<Entity, Written | undefined> | undefined;

  get any(): boolean {
    return this.written !== undefined;
  }

  has(object: Entity): boolean {
    return this.written !== undefined && this.written.has(object);
  }

  add(object: Entity): void {
    this.written ??= new Map();
    if (!this.written.has(object)) this.written.set(object, undefined);
  }

  /** The text of an object that the same writer has written already. */
  textBy(writer: object, object: Entity): string | undefined {
    const written = this.written?.get(object);
    return written?.by === writer ? written.text : undefined;
  }

  keep(object: Entity, written: Written): void {
    this.written?.set(object, written);
  }
}

/** Whether two values of answers are the same all through. */
export function areEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    for (let index = 0; index < a.length; index += 1) {
      if (!areEqual(a[index], b[index])) return false;
    }
    return true;
  }
  let more = 0;
  for (const field in a) {
    if (!areEqual((a as Entity)[field], (b as Entity)[field])) return false;
    more += 1;
  }
  for (const _ in b) more -= 1;
  return more === 0;
}
