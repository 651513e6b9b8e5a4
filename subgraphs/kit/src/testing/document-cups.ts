import { z } from 'zod';
import type { Collection, Documents } from '../documents/documents.ts';

/** Documents under test that can be closed and opened again on the same data. */
export interface DocumentsUnderTest {
  open(): Promise<Documents>;
  remove(): Promise<void>;
}

export interface Cup {
  readonly id: string;
  readonly owner: string;
  readonly slot: string;
  readonly filledAt: string | null;
  readonly sips: number;
  readonly isClean: boolean;
  readonly tags?: readonly { readonly name: string }[];
  readonly refills?: number;
}

export const cupSchema = z.strictObject({
  id: z.string(),
  owner: z.string(),
  slot: z.string(),
  filledAt: z.string().nullable(),
  sips: z.int(),
  isClean: z.boolean(),
  tags: z.array(z.strictObject({ name: z.string() })).optional(),
  refills: z.int().optional(),
});

export const cup = (id: string, rest: Partial<Cup> = {}): Cup => ({
  id,
  owner: 'ada',
  slot: `slot of ${id}`,
  filledAt: '2026-03-02T15:00:00.000Z',
  sips: 0,
  isClean: true,
  ...rest,
});

/** A store of cups, made anew for each test. */
export class CupStore {
  documents!: Documents;
  cups!: Collection<Cup>;
  private underTest!: DocumentsUnderTest;

  constructor(create: () => Promise<DocumentsUnderTest>) {
    beforeEach(async () => {
      this.underTest = await create();
      await this.open();
    });
    afterEach(async () => {
      await this.documents.close();
      await this.underTest.remove();
    });
  }

  async reopen(): Promise<void> {
    await this.documents.close();
    await this.open();
  }

  async idsWhere(where: Parameters<Collection<Cup>['count']>[0]): Promise<string[]> {
    return idsOf(await this.cups.find({ where, order: [['id', 'asc']] }));
  }

  private async open(): Promise<void> {
    this.documents = await this.underTest.open();
    this.cups = await this.documents.collection<Cup>({
      name: 'cups',
      schema: cupSchema,
      indexes: [{ fields: ['owner', 'filledAt', 'id'] }, { fields: ['slot'], unique: true }],
    });
  }
}

export const idsOf = (found: readonly Cup[]): string[] => found.map(({ id }) => id);
