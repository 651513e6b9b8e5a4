import type { Wanted } from './entity-batch.ts';
import type { Place } from './place.ts';

/**
 * What fetches have found to ask for since something was last added to the answer. Fetches that begin together often ask
 * different subgraphs for the same entities, which are looked for once.
 */
export class Collected {
  private place: Place | undefined;
  private found: Map<string, readonly Wanted[]> | undefined;

  /** What was found beneath a place by a batch of this kind. */
  at(place: Place, kind: string): readonly Wanted[] | undefined {
    return place === this.place ? this.found?.get(kind) : undefined;
  }

  keep(place: Place, kind: string, wanted: readonly Wanted[]): void {
    if (place !== this.place) this.forget();
    this.place = place;
    this.found ??= new Map();
    this.found.set(kind, wanted);
  }

  /** Something was added: there may be more to find. */
  forget(): void {
    this.place = undefined;
    this.found = undefined;
  }
}
