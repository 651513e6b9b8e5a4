import type { Collection } from '@crema/kit';
import { z } from 'zod';

export interface CafeName {
  readonly id: string;
  readonly name: string;
  /** IANA name; missing in what was kept before it was needed. */
  readonly timeZone?: string;
  readonly changedAt: string;
}

export const cafeNameSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  timeZone: z.string().optional(),
  changedAt: z.string(),
});

/** What cafés are called, and what time it is there, for texts. */
export class CafeNames {
  constructor(private readonly names: Collection<CafeName>) {}

  /** Nulls for a café that is not known yet; a text does without them. */
  async of(cafeId: string): Promise<{ name: string | null; timeZone: string | null }> {
    const known = await this.names.get(cafeId);
    return { name: known?.name ?? null, timeZone: known?.timeZone ?? null };
  }

  async learn(name: CafeName): Promise<void> {
    const known = await this.names.get(name.id);
    if (!known || known.changedAt <= name.changedAt) await this.names.put(name);
  }
}
