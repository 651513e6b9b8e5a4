import type { Collection } from '@crema/kit';
import { z } from 'zod';

export interface CafeName {
  readonly id: string;
  readonly name: string;
  readonly changedAt: string;
}

export const cafeNameSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  changedAt: z.string(),
});

/** What cafés are called, for texts. */
export class CafeNames {
  constructor(private readonly names: Collection<CafeName>) {}

  /** Null for a café that is not known yet; a text does without it. */
  async of(cafeId: string): Promise<string | null> {
    return (await this.names.get(cafeId))?.name ?? null;
  }

  async learn(name: CafeName): Promise<void> {
    const known = await this.names.get(name.id);
    if (!known || known.changedAt <= name.changedAt) await this.names.put(name);
  }
}
