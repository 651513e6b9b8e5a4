import { readPage } from '@crema/kit';
import { Arg, Directive, ID, Int, Query, Resolver } from 'type-graphql';
import { Category } from '../entities/category.ts';
import { Product } from '../entities/product.ts';
import type { MenuCache } from '../services/menu-cache.ts';
import { searchProducts } from '../services/product-search.ts';
import { ProductConnection, type ProductPage } from '../types/product-connection.ts';

@Resolver()
export class ProductResolver {
  constructor(private readonly menus: MenuCache) {}

  @Query(() => Product, {
    nullable: true,
    description: 'The product of this id, archived or not, if there is one.',
  })
  async product(
    @Arg('id', () => ID, { description: 'Which product.' }) id: string,
  ): Promise<Product | null> {
    return (await this.menus.current()).product(id);
  }

  @Directive('@listSize(slicingArguments: ["first"], sizedFields: ["edges", "nodes"])')
  @Query(() => ProductConnection, { description: 'What is sold, by name; no archived products.' })
  async products(
    @Arg('first', () => Int, {
      nullable: true,
      defaultValue: 20,
      description: 'How many at most, 1 to 100.',
    })
    first: number | null,
    @Arg('after', () => String, {
      nullable: true,
      description: 'The cursor after which the page begins.',
    })
    after: string | null | undefined,
    @Arg('search', () => String, {
      nullable: true,
      description: 'Words that all occur in the name, the description or the category.',
    })
    search: string | null | undefined,
    @Arg('categoryId', () => ID, { nullable: true, description: 'Only of this category.' })
    categoryId: string | null | undefined,
    @Arg('ids', () => [ID], { nullable: true, description: 'Only these; at most 100.' })
    ids: string[] | null | undefined,
  ): Promise<ProductPage> {
    const page = readPage(first, after);
    return searchProducts(await this.menus.current(), page, { search, categoryId, ids });
  }

  @Query(() => [Category], { description: 'All sections of the menu, in their order.' })
  async categories(): Promise<readonly Category[]> {
    return (await this.menus.current()).categories;
  }
}
