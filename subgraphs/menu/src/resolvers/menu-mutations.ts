import { MoneyInput, type Context } from '@crema/kit';
import { Arg, Ctx, Directive, ID, Mutation, Resolver } from 'type-graphql';
import { CategoryInput } from '../inputs/category-input.ts';
import { ProductInput, UpdateProductInput } from '../inputs/product-input.ts';
import type { CategoryService } from '../services/category-service.ts';
import type { OfferService } from '../services/offer-service.ts';
import type { ProductService } from '../services/product-service.ts';
import { CategoryPayload, MenuItemPayload, ProductPayload } from '../types/payloads.ts';

@Resolver()
export class MenuMutations {
  constructor(
    private readonly products: ProductService,
    private readonly categories: CategoryService,
    private readonly offers: OfferService,
  ) {}

  @Directive('@requiresScopes(scopes: [["menu:write"]])')
  @Mutation(() => ProductPayload, { description: 'Puts a product on the menu of every café.' })
  async createProduct(
    @Arg('input', () => ProductInput, { description: 'What it is like.' }) input: ProductInput,
    @Ctx() { caller }: Context,
  ): Promise<ProductPayload> {
    return ProductPayload.of(await this.products.create(caller, input));
  }

  @Directive('@requiresScopes(scopes: [["menu:write"]])')
  @Mutation(() => ProductPayload, { description: 'Changes a product in every café.' })
  async updateProduct(
    @Arg('id', () => ID, { description: 'Which product.' }) id: string,
    @Arg('input', () => UpdateProductInput, { description: 'What is other than before.' })
    input: UpdateProductInput,
    @Ctx() { caller }: Context,
  ): Promise<ProductPayload> {
    return ProductPayload.of(await this.products.update(caller, id, input));
  }

  @Directive('@requiresScopes(scopes: [["menu:write"]])')
  @Mutation(() => ProductPayload, {
    description: 'Takes a product off every menu, for good; old orders still show it.',
  })
  async archiveProduct(
    @Arg('id', () => ID, { description: 'Which product.' }) id: string,
    @Ctx() { caller }: Context,
  ): Promise<ProductPayload> {
    return ProductPayload.of(await this.products.archive(caller, id));
  }

  @Directive('@requiresScopes(scopes: [["menu:write"]])')
  @Mutation(() => CategoryPayload, { description: 'Adds a section to the menu.' })
  async createCategory(
    @Arg('input', () => CategoryInput, { description: 'What it is like.' }) input: CategoryInput,
    @Ctx() { caller }: Context,
  ): Promise<CategoryPayload> {
    return CategoryPayload.of(await this.categories.create(caller, input));
  }

  @Directive('@requiresScopes(scopes: [["menu:write"]])')
  @Mutation(() => MenuItemPayload, {
    description: "A café's own price; null returns to the product's.",
  })
  async setCafePrice(
    @Arg('cafeId', () => ID, { description: 'Which café.' }) cafeId: string,
    @Arg('productId', () => ID, { description: 'Which product.' }) productId: string,
    @Arg('price', () => MoneyInput, {
      nullable: true,
      description: "Before options, in the product's currency; from 0 to 10,000.",
    })
    price: MoneyInput | null | undefined,
    @Ctx() { caller }: Context,
  ): Promise<MenuItemPayload> {
    return MenuItemPayload.of(await this.offers.setPrice(caller, { cafeId, productId }, price));
  }

  @Directive('@requiresScopes(scopes: [["queue:work"]])')
  @Mutation(() => MenuItemPayload, { description: 'Whether a café has run out of a product.' })
  async setSoldOut(
    @Arg('cafeId', () => ID, { description: 'Which café.' }) cafeId: string,
    @Arg('productId', () => ID, { description: 'Which product.' }) productId: string,
    @Arg('soldOut', () => Boolean, { description: 'True: it cannot be ordered there.' })
    soldOut: boolean,
    @Ctx() { caller }: Context,
  ): Promise<MenuItemPayload> {
    return MenuItemPayload.of(await this.offers.setSoldOut(caller, { cafeId, productId }, soldOut));
  }
}
