import { DateTime, type Context } from '@crema/kit';
import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { OrderInput } from '../inputs/order-input.ts';
import type { CafeQueue } from '../services/cafe-queue.ts';
import { readyWhenPlaced } from '../services/estimate-ready.ts';
import type { QuoteOrder } from '../services/quote-order.ts';
import { OrderQuote } from '../types/order-quote.ts';

@Resolver(() => OrderQuote)
export class QuoteResolver {
  constructor(
    private readonly quotes: QuoteOrder,
    private readonly queue: CafeQueue,
  ) {}

  @Query(() => OrderQuote, {
    description: 'Prices, tax, wait and every problem, without placing anything.',
  })
  async quoteOrder(
    @Arg('input', () => OrderInput, { description: 'What to price.' }) input: OrderInput,
  ): Promise<OrderQuote> {
    return OrderQuote.of(await this.quotes.run(input));
  }

  @FieldResolver(() => DateTime, {
    nullable: true,
    description: 'When it would be ready if it were placed now.',
  })
  async estimatedReadyAt(
    @Root() { cafeId, items, pickupAt }: OrderQuote,
    @Ctx() { loaders }: Context,
  ): Promise<Date | null> {
    if (cafeId === null) return null;
    return readyWhenPlaced(await loaders.load(this.queue.schedules, cafeId), items, pickupAt);
  }
}
