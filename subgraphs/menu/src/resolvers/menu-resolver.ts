import { Arg, Directive, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { Cafe } from '../entities/cafe.ts';
import type { MenuCache } from '../services/menu-cache.ts';
import { Menu } from '../types/menu.ts';

@Resolver(() => Cafe)
export class MenuResolver {
  constructor(private readonly menus: MenuCache) {}

  @Directive('@cacheTag(format: "menu-{$args.cafeId}")')
  @Query(() => Menu, {
    nullable: true,
    description: 'What a café sells; null where there is no such café.',
  })
  async menu(
    @Arg('cafeId', () => ID, { description: 'Which café.' }) cafeId: string,
  ): Promise<Menu | null> {
    return (await this.menus.current()).menuOf(cafeId);
  }

  @FieldResolver(() => Menu, { name: 'menu', nullable: true, description: 'What it sells.' })
  async menuOfCafe(@Root() { id }: Cafe): Promise<Menu | null> {
    return (await this.menus.current()).menuOf(id);
  }
}
