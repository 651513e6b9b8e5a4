import { Decimal, readPage, type Connection, type Context, type Loader } from '@crema/kit';
import {
  Arg,
  Ctx,
  Directive,
  FieldResolver,
  ID,
  Int,
  Mutation,
  Query,
  Resolver,
  Root,
  Subscription,
} from 'type-graphql';
import { StockLevel } from '../entities/stock-level.ts';
import type { StockMovement } from '../entities/stock-movement.ts';
import { StockInput } from '../inputs/stock-input.ts';
import type { BrowseStock } from '../services/browse-stock.ts';
import type { ManageStock } from '../services/manage-stock.ts';
import { StockPayload } from '../types/payloads.ts';
import { Cafe } from '../types/references.ts';
import { StockMovementConnection } from '../types/stock-movement-connection.ts';

const INPUT = { description: 'What changes, where and by how much.' };

@Resolver(() => Cafe)
export class StockResolver {
  constructor(
    private readonly browsing: BrowseStock,
    private readonly managing: ManageStock,
    private readonly levels: Loader<StockLevel[]>,
  ) {}

  @Directive('@requiresScopes(scopes: [["stock:read"]])')
  @FieldResolver(() => [StockLevel], {
    nullable: true,
    description: 'What the café has, by name; for its staff.',
  })
  async stock(
    @Root() { id }: Cafe,
    @Arg('lowOnly', () => Boolean, {
      nullable: true,
      defaultValue: false,
      description: 'Only what is low.',
    })
    lowOnly: boolean | null,
    @Ctx() { caller, loaders }: Context,
  ): Promise<StockLevel[]> {
    caller.requireAt('stock:read', id);
    const levels = await loaders.load(this.levels, id);
    return lowOnly ? levels.filter(({ isLow }) => isLow) : levels;
  }

  @Directive('@listSize(slicingArguments: ["first"], sizedFields: ["edges", "nodes"])')
  @Directive('@requiresScopes(scopes: [["stock:read"]])')
  @Query(() => StockMovementConnection, {
    description: "Every change of what a café has on hand, newest first; for the café's staff.",
  })
  stockMovements(
    @Arg('cafeId', () => ID, { description: 'Where.' }) cafeId: string,
    @Arg('ingredientId', () => ID, {
      nullable: true,
      description: 'Of what; of everything, when absent.',
    })
    ingredientId: string | null | undefined,
    @Arg('first', () => Int, {
      nullable: true,
      defaultValue: 50,
      description: 'How many, at most 100.',
    })
    first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'The cursor to go on from.' })
    after: string | null | undefined,
    @Ctx() { caller }: Context,
  ): Promise<Connection<StockMovement>> {
    return this.browsing.movements(caller, cafeId, ingredientId, readPage(first, after, 50));
  }

  @Directive('@requiresScopes(scopes: [["stock:write"]])')
  @Mutation(() => StockPayload, { description: 'A delivery came in.' })
  async receiveStock(
    @Arg('input', () => StockInput, INPUT) input: StockInput,
    @Ctx() { caller }: Context,
  ): Promise<StockPayload> {
    return StockPayload.of(await this.managing.receive(caller, input));
  }

  @Directive('@requiresScopes(scopes: [["stock:write"]])')
  @Mutation(() => StockPayload, {
    description: 'Something was spilled, spoiled or broken; at most what no order has reserved.',
  })
  async recordWaste(
    @Arg('input', () => StockInput, INPUT) input: StockInput,
    @Ctx() { caller }: Context,
  ): Promise<StockPayload> {
    return StockPayload.of(await this.managing.waste(caller, input));
  }

  @Directive('@requiresScopes(scopes: [["stock:write"]])')
  @Mutation(() => StockPayload, {
    description: 'Sets the counted quantity; the difference becomes an ADJUSTED movement.',
  })
  async countStock(
    @Arg('input', () => StockInput, INPUT) input: StockInput,
    @Ctx() { caller }: Context,
  ): Promise<StockPayload> {
    return StockPayload.of(await this.managing.count(caller, input));
  }

  @Directive('@requiresScopes(scopes: [["stock:write"]])')
  @Mutation(() => StockPayload, { description: 'Sets at which quantity an ingredient is low.' })
  async setReorderPoint(
    @Arg('cafeId', () => ID, { description: 'Where.' }) cafeId: string,
    @Arg('ingredientId', () => ID, { description: 'Of what.' }) ingredientId: string,
    @Arg('quantity', () => Decimal, { description: 'Available stock at or below this is low.' })
    quantity: string,
    @Ctx() { caller }: Context,
  ): Promise<StockPayload> {
    return StockPayload.of(
      await this.managing.setReorderPoint(caller, cafeId, ingredientId, quantity),
    );
  }

  @Directive('@requiresScopes(scopes: [["stock:read"]])')
  @Subscription(() => StockLevel, {
    description: 'An ingredient that has just run low, once per time; for the staff of the café.',
    topics: 'lowStock',
  })
  lowStock(
    @Root() level: StockLevel,
    @Arg('cafeId', () => ID, { description: 'Where.' }) _cafeId: string,
  ): StockLevel {
    return level;
  }
}
