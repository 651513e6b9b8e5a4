import { hearing, type Database, type Hearing } from '@crema/kit';
import { StockRanLow } from '@crema/schema/events';
import { StockLevel, stockLevelId } from '../entities/stock-level.ts';

/** What another process found to have run low, for those who listen at that café: the level as it is now. */
export const whenStockRanLow = (database: Database): Hearing<StockLevel> =>
  hearing(
    StockRanLow,
    ({ data }) => data.cafeId,
    async ({ data }) => {
      const id = stockLevelId(data.cafeId, data.ingredientId);
      return (await database.findMany(StockLevel, [id]))[0] ?? null;
    },
  );
