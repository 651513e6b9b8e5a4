import type { Clock, Collection, Documents } from '@crema/kit';
import {
  EDITIONS,
  editionChoiceSchema,
  FIRST_CHOICE,
  type EditionChoice,
  type EditionName,
} from '../entities/edition-choice.ts';
import { openEdition, type Edition } from './edition.ts';

/** Another rebuild has begun, or this one was given up. */
export class RebuildReplacedError extends Error {
  constructor() {
    super('Another rebuild has begun, or this one was given up.');
    this.name = 'RebuildReplacedError';
  }
}

/**
 * Two sets of read models. Figures are told from one of them; while the other is being filled from the log,
 * facts are applied to both. Which is which stands in a document, that all processes read for each fact.
 */
export class Editions {
  /** Asked for, and not yet put to the documents. */
  private asked: Promise<EditionChoice> | null = null;

  constructor(
    readonly all: readonly Edition[],
    private readonly choices: Collection<EditionChoice>,
  ) {}

  /** From which figures are told. */
  async current(): Promise<Edition> {
    return this.named((await this.choice()).current);
  }

  /** To which a fact that is in the log is to be applied, the one that is told from first. */
  async atWork(): Promise<{ current: Edition; next: Edition | null }> {
    const { current, next } = await this.choice();
    return { current: this.named(current), next: next && this.named(next) };
  }

  /** Names the other edition as the next one: facts are applied to it from now on. In place of an unfinished one. */
  async begin(rebuildId: string): Promise<Edition> {
    const { current } = await this.choice();
    const next: EditionName = current === 'a' ? 'b' : 'a';
    const begun = await this.choices.change(FIRST_CHOICE.id, {
      where: { current },
      set: { next, rebuildId },
    });
    if (!begun) throw new RebuildReplacedError();
    return this.named(next);
  }

  /** Tells figures from the next edition from now on. Throws when another rebuild fills it. */
  async finish(rebuildId: string): Promise<void> {
    const { next } = await this.choice();
    const finished =
      next !== null &&
      (await this.choices.change(FIRST_CHOICE.id, {
        where: { rebuildId, next },
        set: { current: next, next: null, rebuildId: null },
      }));
    if (!finished) throw new RebuildReplacedError();
  }

  /** Ends an unfinished rebuild, whoever began it; only that one when it is told. False when there is none. */
  async giveUp(rebuildId?: string): Promise<boolean> {
    const { next } = await this.choice();
    if (next === null) return false;
    return this.choices.change(FIRST_CHOICE.id, {
      where: { next, ...(rebuildId !== undefined && { rebuildId }) },
      set: { next: null, rebuildId: null },
    });
  }

  private named(name: EditionName): Edition {
    return this.all.find((edition) => edition.name === name)!;
  }

  /**
   * Who asks before the question is put shares the answer. Who asks later must not: a rebuild may have begun since,
   * and have seen a log in which the fact was not yet.
   */
  private choice(): Promise<EditionChoice> {
    this.asked ??= Promise.resolve().then(async () => {
      this.asked = null;
      return (await this.choices.get(FIRST_CHOICE.id))!;
    });
    return this.asked;
  }
}

/** Opens both editions, and chooses the first one where there is no choice yet. */
export async function openEditions(documents: Documents, clock: Clock): Promise<Editions> {
  const all: Edition[] = [];
  for (const name of EDITIONS) all.push(await openEdition(documents, name, clock));
  const choices = await documents.collection<EditionChoice>({
    name: 'editions',
    schema: editionChoiceSchema,
    indexes: [],
  });
  await choices.insert(FIRST_CHOICE);
  return new Editions(all, choices);
}
