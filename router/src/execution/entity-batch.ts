import type { EntityBatch, PlanPath } from '../planning/plan.ts';
import { compileEntityKey, type EntityKey } from './entity-key.ts';
import { mergeInto, type Merging, type WritePaths } from './merge.ts';
import {
  commonPath,
  compileWalk,
  pathsAt,
  type Place,
  type ResponsePath,
  type Walk,
} from './place.ts';
import { compileRepresentation, type Represent } from './representation.ts';
import { copyOf, renamedPath, rewrite } from './rewrites.ts';
import type { Entity, Run } from './run.ts';
import { areEqual } from './shared-objects.ts';
import type { PlanSurroundings } from './steps.ts';

/** An entity to ask for, and the objects of the answer that it belongs to. */
export interface Wanted {
  readonly representation: Entity;
  readonly objects: Entity[];
  /** Where each of the objects was found. */
  readonly sites: Site[];
}

/** A path at which a batch finds entities. */
interface Site {
  /** From the root of the answer. */
  readonly path: PlanPath;
  /** From the objects that the fetch works on. */
  readonly walk: Walk;
  readonly writes: WritePaths | undefined;
  /** Whether equal objects become one. */
  readonly unites: boolean;
}

/** An entity that many places asked for is told to have failed at this many of them. */
const MAX_PLACES_PER_ERROR = 20;

/** One `_entities` field of a fetch, compiled: what it asks for and where its answers go. */
export class CompiledBatch {
  readonly responseName: string;
  readonly variable: string;
  /** The constant parts of the paths that the batch fills. */
  readonly affected: readonly ResponsePath[];
  private readonly sites: readonly Site[];
  private readonly keyOf: EntityKey;
  private readonly represent: Represent;
  /** The same for batches that look for the same entities at the same places. */
  private readonly kind: string;

  constructor(
    private readonly batch: EntityBatch,
    path: PlanPath,
    private readonly around: PlanSurroundings,
  ) {
    this.responseName = batch.responseName;
    this.variable = batch.variable;
    // The outer ones first: what becomes one there is walked once for the inner ones.
    const paths = [...batch.paths].sort((a, b) => a.length - b.length);
    this.sites = paths.map((beneath) => {
      const full = [...path, ...beneath];
      const walk = compileWalk(beneath, around.subtypes);
      const unites = around.unity?.allows(full) ?? false;
      return { path: full, walk, writes: around.writes.at(full), unites };
    });
    this.affected = this.sites.map((site) => commonPath(site.path));
    this.keyOf = compileEntityKey(batch.requires, around.subtypes);
    this.represent = this.compileRepresent();
    this.kind = JSON.stringify([paths, batch.requires, batch.inputRewrites]);
  }

  /**
   * The distinct entities among the objects at a place: each is asked for once. Equal objects of one of them at the same path
   * become one object, where all get the same from the fetches that follow.
   */
  collect(place: Place, { shared, collected }: Run): readonly Wanted[] {
    const known = collected.at(place, this.kind);
    if (known) return known;
    const wanted = new Map<string, Wanted | undefined>();
    for (const site of this.sites) {
      site.walk(place, shared, (object, holder, slot) => {
        const key = this.keyOf(object);
        let one = wanted.get(key);
        if (!one && !wanted.has(key)) wanted.set(key, (one = this.wantedFor(object)));
        if (!one) return;
        const equal = holder && site.unites ? equalIn(one, site, object) : undefined;
        if (holder && equal) {
          holder[slot] = equal;
          shared.add(equal);
        } else {
          one.objects.push(object);
          one.sites.push(site);
        }
      });
    }
    const found = [...wanted.values()].filter((one) => one !== undefined);
    collected.keep(place, this.kind, found);
    return found;
  }

  /** Writes an entity that was told to all of its places. */
  fill({ objects, sites }: Wanted, entity: Entity, isOurs: boolean): void {
    for (let index = 0; index < objects.length; index += 1) {
      const object = objects[index] as Entity;
      const own = this.renamed(entity, object);
      // What later fetches write into one object must not be seen in another, so that each of several gets copies.
      const isFree = own !== entity || (isOurs && objects.length === 1);
      mergeInto(object, own, sites[index]?.writes, isFree ? AS_OURS : AS_THEIRS);
    }
  }

  /** Where in the answer stands what an error says of an entity: at each place that it was asked for. */
  clientPaths(run: Run, wanted: readonly Wanted[], errorPath: ResponsePath): ResponsePath[] {
    const one = wanted[Number(errorPath[1])];
    if (!one) return [...this.affected];
    const within = renamedPath(this.batch.outputRewrites, errorPath.slice(2));
    const places = new Map(one.sites.map((site) => [site, pathsAt(run.data, site.path)]));
    return one.objects.slice(0, MAX_PLACES_PER_ERROR).flatMap((object, index) => {
      const site = one.sites[index];
      const found = (site && places.get(site)?.get(object)) ?? [];
      return found.slice(0, MAX_PLACES_PER_ERROR).map((place) => [...place, ...within]);
    });
  }

  private wantedFor(object: Entity): Wanted | undefined {
    const representation = this.represent(object);
    return representation && { representation, objects: [], sites: [] };
  }

  private compileRepresent(): Represent {
    const { subtypes } = this.around;
    const { requires, inputRewrites } = this.batch;
    const represent = compileRepresentation(requires, subtypes);
    if (inputRewrites.length === 0) return represent;
    return (object) => {
      const representation = represent(object);
      if (representation) rewrite(inputRewrites, representation, subtypes);
      return representation;
    };
  }

  private renamed(entity: Entity, target: Entity): Entity {
    const { outputRewrites } = this.batch;
    if (outputRewrites.length === 0) return entity;
    const renamed = copyOf(entity) as Entity;
    // Rewrites go by type, which an entity that was asked for by its key need not repeat.
    renamed['__typename'] ??= target['__typename'];
    rewrite(outputRewrites, renamed, this.around.subtypes);
    return renamed;
  }
}

const AS_OURS: Merging = { isOurs: true };
const AS_THEIRS: Merging = { isOurs: false };

/** The object at the same path that says the same of an entity. */
function equalIn({ objects, sites }: Wanted, site: Site, object: Entity): Entity | undefined {
  for (let index = 0; index < objects.length; index += 1) {
    if (sites[index] !== site) continue;
    const other = objects[index];
    return other !== object && areEqual(other, object) ? other : undefined;
  }
  return undefined;
}
