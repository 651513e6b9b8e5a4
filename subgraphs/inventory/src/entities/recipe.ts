import { InstantColumn, IntColumn, JsonColumn, KeyColumn } from '@crema/kit';
import { Entity } from 'typeorm';

/** What one portion takes of one ingredient: always, or where an option is chosen. */
export interface RecipeRow {
  readonly ingredientId: string;
  readonly quantityMilli: number;
  readonly optionId: string | null;
}

/** What a product is made of. Replaced as a whole. */
@Entity('recipes')
export class Recipe {
  /** The product's id. */
  @KeyColumn()
  id!: string;

  @JsonColumn()
  items!: readonly RecipeRow[];

  @InstantColumn({ name: 'updated_at' })
  updatedAt!: Date;

  static of = (productId: string, items: readonly RecipeRow[], updatedAt: Date): Recipe =>
    Object.assign(new Recipe(), { id: productId, items, updatedAt });
}

/** One row that counts the changes of recipes and product options, so that memories of them know their age. */
@Entity('recipe_book')
export class RecipeBookVersion {
  @KeyColumn()
  id!: string;

  @IntColumn()
  version!: number;
}
