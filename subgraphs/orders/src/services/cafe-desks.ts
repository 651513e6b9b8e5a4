import type { Transaction } from '@crema/kit';
import type { OrdersConfig } from '../config.ts';
import { CafeDesk } from '../entities/cafe-desk.ts';
import { startingPace } from './pace.ts';

/** Hands out a café's numbers and positions, one transaction after the other. */
export class CafeDesks {
  constructor(private readonly config: OrdersConfig) {}

  /** The café's row, locked; made when this is its first order. */
  async lock(tx: Transaction, cafeId: string): Promise<CafeDesk> {
    const desk = await tx.lock(CafeDesk, cafeId);
    if (desk) return desk;
    await (
      await tx.direct()
    )
      .createQueryBuilder()
      .insert()
      .into(CafeDesk)
      .values({
        id: cafeId,
        position: 0,
        businessDay: '',
        lastNumber: 0,
        making: 0,
        ...startingPace(this.config.startingMsPerItem),
      })
      .orIgnore()
      .execute();
    return (await tx.lock(CafeDesk, cafeId))!;
  }

  keep(tx: Transaction, desk: CafeDesk): void {
    const { id, position, businessDay, lastNumber } = desk;
    const { msPerItem, measured, handsPercent, making } = desk;
    const changed = {
      position,
      businessDay,
      lastNumber,
      msPerItem,
      measured,
      handsPercent,
      making,
    };
    tx.update(CafeDesk, id, changed);
  }
}
