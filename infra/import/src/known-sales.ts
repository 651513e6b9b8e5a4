import type { EventLog } from '@crema/kit';
import { SalesImported } from '@crema/schema/events';
import { dataOf } from './catalogue.ts';
import type { Staging } from './staging.ts';

/** Notes every sale of this source that the event log has: an import adds what is missing there. */
export async function stageKnownSales(
  events: EventLog,
  source: string,
  staging: Staging,
): Promise<void> {
  await events.read([SalesImported.topic], async (batch) => {
    for (const event of batch) {
      const data = dataOf(SalesImported, event);
      if (data?.source !== source) continue;
      const { cafeId, products, lines } = data;
      staging.know(
        lines.map(({ transactionId, at, product, quantity, unitPriceMinor }) => ({
          transactionId,
          cafeId,
          productId: products[product]!.productId,
          at: Date.parse(at) / 1_000,
          quantity,
          unitPriceMinor,
        })),
      );
    }
  });
}
