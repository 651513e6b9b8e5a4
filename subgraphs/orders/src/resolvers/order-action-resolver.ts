import type { Context } from '@crema/kit';
import { Arg, Ctx, Directive, Mutation, Resolver } from 'type-graphql';
import { OrderActionInput, RefundOrderInput } from '../inputs/order-action-input.ts';
import { PlaceOrderInput } from '../inputs/order-input.ts';
import type { ActOnOrder } from '../services/act-on-order.ts';
import type { PlaceOrder } from '../services/place-order.ts';
import type { RefundOrder } from '../services/refund-order.ts';
import { OrderPayload } from '../types/order-payload.ts';

const WORKS_THE_QUEUE = '@requiresScopes(scopes: [["queue:work"]])';

@Resolver()
export class OrderActionResolver {
  constructor(
    private readonly placing: PlaceOrder,
    private readonly acting: ActOnOrder,
    private readonly refunding: RefundOrder,
  ) {}

  @Directive('@authenticated')
  @Directive('@cost(weight: 20)')
  @Mutation(() => OrderPayload, { description: 'Places an order, once per idempotency key.' })
  async placeOrder(
    @Arg('input', () => PlaceOrderInput, {
      description: 'What to place, and the key to place it once.',
    })
    input: PlaceOrderInput,
    @Ctx() { caller }: Context,
  ): Promise<OrderPayload> {
    return OrderPayload.of(await this.placing.run(caller, input));
  }

  @Directive('@authenticated')
  @Mutation(() => OrderPayload, {
    description: 'The customer does not want it any more; possible until preparation starts.',
  })
  async cancelOrder(
    @Arg('input', () => OrderActionInput, { description: 'Which order, and what to say about it.' })
    input: OrderActionInput,
    @Ctx() { caller }: Context,
  ): Promise<OrderPayload> {
    return OrderPayload.of(await this.acting.cancel(caller, input));
  }

  @Directive(WORKS_THE_QUEUE)
  @Mutation(() => OrderPayload, { description: 'A barista begins to make it.' })
  async startPreparing(
    @Arg('input', () => OrderActionInput, { description: 'Which order, and what to say about it.' })
    input: OrderActionInput,
    @Ctx() { caller }: Context,
  ): Promise<OrderPayload> {
    return OrderPayload.of(await this.acting.byStaff(caller, 'startPreparing', input));
  }

  @Directive(WORKS_THE_QUEUE)
  @Mutation(() => OrderPayload, { description: 'It can be collected.' })
  async markReady(
    @Arg('input', () => OrderActionInput, { description: 'Which order, and what to say about it.' })
    input: OrderActionInput,
    @Ctx() { caller }: Context,
  ): Promise<OrderPayload> {
    return OrderPayload.of(await this.acting.byStaff(caller, 'markReady', input));
  }

  @Directive(WORKS_THE_QUEUE)
  @Mutation(() => OrderPayload, { description: 'The customer has it.' })
  async markCollected(
    @Arg('input', () => OrderActionInput, { description: 'Which order, and what to say about it.' })
    input: OrderActionInput,
    @Ctx() { caller }: Context,
  ): Promise<OrderPayload> {
    return OrderPayload.of(await this.acting.byStaff(caller, 'markCollected', input));
  }

  @Directive(WORKS_THE_QUEUE)
  @Mutation(() => OrderPayload, {
    description: 'READY back to PREPARING, a mistaken tap undone.',
  })
  async recallOrder(
    @Arg('input', () => OrderActionInput, { description: 'Which order, and what to say about it.' })
    input: OrderActionInput,
    @Ctx() { caller }: Context,
  ): Promise<OrderPayload> {
    return OrderPayload.of(await this.acting.byStaff(caller, 'recallOrder', input));
  }

  @Directive(WORKS_THE_QUEUE)
  @Mutation(() => OrderPayload, { description: 'The café cannot make it; the money goes back.' })
  async rejectOrder(
    @Arg('input', () => OrderActionInput, { description: 'Which order, and what to say about it.' })
    input: OrderActionInput,
    @Ctx() { caller }: Context,
  ): Promise<OrderPayload> {
    return OrderPayload.of(await this.acting.byStaff(caller, 'rejectOrder', input));
  }

  @Directive('@requiresScopes(scopes: [["orders:refund"]])')
  @Mutation(() => OrderPayload, { description: 'All of it, or some lines or an amount.' })
  async refundOrder(
    @Arg('input', () => RefundOrderInput, { description: 'Which order, and how much of it.' })
    input: RefundOrderInput,
    @Ctx() { caller }: Context,
  ): Promise<OrderPayload> {
    return OrderPayload.of(await this.refunding.run(caller, input));
  }
}
