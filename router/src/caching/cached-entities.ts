import type { GraphQLFormattedError } from 'graphql';
import type { SubgraphRequest, SubgraphResponse } from '../transport/subgraph-transport.ts';
import { textsIn } from './cached-root.ts';
import { ownTag, type EntryTags } from './entry-tags.ts';
import type { SelectedEntities } from './fetched-operation.ts';
import type { Part, PartedRequest, ToldPart } from './parted-request.ts';

type Representation = Readonly<Record<string, unknown>>;

interface EntityPart extends Part {
  readonly batch: SelectedEntities;
  readonly representation: Representation;
}

/** A request for entities, of which each is kept by itself. Entities that are not there are known to be `null`. */
export class CachedEntities implements PartedRequest {
  private constructor(
    private readonly batches: readonly SelectedEntities[],
    readonly parts: readonly EntityPart[],
    private readonly request: SubgraphRequest,
    private readonly tags: EntryTags,
  ) {}

  /** Undefined for what does not say which entities it asks for. */
  static read(
    batches: readonly SelectedEntities[],
    request: SubgraphRequest,
    tags: EntryTags,
  ): CachedEntities | undefined {
    const others = { ...request.variables };
    for (const { variable } of batches) delete others[variable];
    const around = JSON.stringify(others);
    const parts: EntityPart[] = [];
    for (const batch of batches) {
      const representations = request.variables[batch.variable];
      if (!Array.isArray(representations)) return undefined;
      for (const representation of representations as Representation[]) {
        const asked = `${batch.asked} ${around} ${JSON.stringify(representation)}`;
        parts.push({ asked, batch, representation });
      }
    }
    return new CachedEntities(batches, parts, request, tags);
  }

  without(known: readonly unknown[]): SubgraphRequest | undefined {
    if (!known.includes(undefined)) return undefined;
    if (known.every((value) => value === undefined)) return this.request;
    const variables = { ...this.request.variables };
    for (const batch of this.batches) {
      variables[batch.variable] = this.missing(known, batch).map((one) => one.representation);
    }
    return { ...this.request, variables, variablesText: undefined };
  }

  answer(known: readonly unknown[], told: SubgraphResponse | undefined): SubgraphResponse {
    if (told && !told.data) return told;
    const data: Record<string, unknown> = {};
    for (const batch of this.batches) {
      const entities = told?.data?.[batch.responseName];
      // Left out, so that it is noticed that the subgraph has not told what it was asked.
      if (told && !this.isWhole(known, batch, entities)) continue;
      const next = (Array.isArray(entities) ? (entities as unknown[]) : []).values();
      data[batch.responseName] = this.parts.flatMap((part, at) => {
        if (part.batch !== batch) return [];
        return [known[at] === undefined ? next.next().value : known[at]];
      });
    }
    const errors = told?.errors?.map((error) => this.moved(known, error));
    return { ...told, data, ...(errors && { errors }) };
  }

  told(known: readonly unknown[], { data, errors = [], extensions }: SubgraphResponse): ToldPart[] {
    // An error that does not say where it belongs may concern any of them.
    if (!data || errors.some(({ path }) => typeof path?.[1] !== 'number')) return [];
    return this.batches.flatMap((batch) => {
      const entities = data[batch.responseName];
      if (!this.isWhole(known, batch, entities)) return [];
      const own = this.batches.length === 1 ? extensions?.['apolloEntityCacheTags'] : undefined;
      return this.missing(known, batch).flatMap(({ asked, representation }, at) => {
        const hasFailed = errors.some(
          ({ path }) => path?.[0] === batch.responseName && path[1] === at,
        );
        if (hasFailed) return [];
        const value = entities[at] ?? null;
        const tags = [
          ...batch.tags,
          ...this.tags.ofRepresentation(representation),
          ...this.tags.ofData(batch.shape, value),
          ...textsIn(Array.isArray(own) ? own[at] : undefined).map(ownTag),
        ];
        return [{ asked, value, tags: [...new Set(tags)] }];
      });
    });
  }

  private missing(known: readonly unknown[], batch: SelectedEntities): readonly EntityPart[] {
    return this.parts.filter((part, at) => part.batch === batch && known[at] === undefined);
  }

  private isWhole(
    known: readonly unknown[],
    batch: SelectedEntities,
    entities: unknown,
  ): entities is readonly unknown[] {
    return Array.isArray(entities) && entities.length === this.missing(known, batch).length;
  }

  /** An error of the third entity that was asked for stands where that one stands in the whole answer. */
  private moved(known: readonly unknown[], error: GraphQLFormattedError): GraphQLFormattedError {
    const [responseName, at, ...rest] = error.path ?? [];
    const batch = this.batches.find((one) => one.responseName === responseName);
    if (!batch || typeof at !== 'number') return error;
    const part = this.missing(known, batch)[at];
    const own = this.parts.filter((one) => one.batch === batch);
    const place = part ? own.indexOf(part) : at;
    return { ...error, path: [batch.responseName, place, ...rest] };
  }
}
