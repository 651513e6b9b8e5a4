import { refused, type Caller, type Clock, type Database, type Ids } from '@crema/kit';
import { publishPrivilegedWrite } from '@crema/schema/events';
import { Category } from '../entities/category.ts';
import type { CategoryInput } from '../inputs/category-input.ts';
import type { MenuCache } from './menu-cache.ts';
import { sameName } from './option-groups.ts';

/** Keeps the sections of the menu. */
export class CategoryService {
  constructor(
    private readonly database: Database,
    private readonly menus: MenuCache,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  async create(caller: Caller, { name, position }: CategoryInput): Promise<Category> {
    caller.require('menu:write');
    return this.database.transaction(async (tx) => {
      // First, because its lock lets one category after the other be made: names are equal whatever their case.
      await this.menus.touch(tx);
      const known = await (await tx.direct()).find(Category);
      if (known.some((each) => sameName(each, { name }))) {
        throw refused('NAME_TAKEN', 'Another category has this name.', ['name']);
      }
      const last = Math.max(-1, ...known.map((each) => each.position));
      const category = Object.assign(new Category(), {
        id: this.ids.next(),
        name: name.trim(),
        position: position ?? last + 1,
      });
      tx.insert(Category, category);
      const deed = {
        action: 'menu.createCategory',
        target: `Category:${category.id}`,
        details: category.name,
        actorId: caller.requireId(),
        at: this.clock.now(),
      };
      publishPrivilegedWrite(tx, deed);
      return category;
    });
  }
}
