import { graphql } from '../graphql.ts';
import { PageInfoFields, UserErrorFields } from './shared.ts';

export const IngredientFields = graphql(`
  fragment IngredientFields on Ingredient {
    id
    name
    unit
  }
`);

export const StockLevelFields = graphql(
  `
    fragment StockLevelFields on StockLevel {
      ingredient {
        ...IngredientFields
      }
      onHand
      reserved
      available
      reorderPoint
      isLow
      updatedAt
    }
  `,
  [IngredientFields],
);

const StockPayloadFields = graphql(
  `
    fragment StockPayloadFields on StockPayload {
      stockLevel {
        ...StockLevelFields
      }
      userErrors {
        ...UserErrorFields
      }
    }
  `,
  [StockLevelFields, UserErrorFields],
);

const RecipeItemFields = graphql(
  `
    fragment RecipeItemFields on RecipeItem {
      ingredient {
        ...IngredientFields
      }
      quantity
      optionId
    }
  `,
  [IngredientFields],
);

export const CafeStock = graphql(
  `
    query CafeStock($cafeId: ID!, $lowOnly: Boolean) {
      cafe(id: $cafeId) {
        id
        name
        stock(lowOnly: $lowOnly) {
          ...StockLevelFields
        }
      }
    }
  `,
  [StockLevelFields],
);

/** Newest first. */
export const StockMovements = graphql(
  `
    query StockMovements($cafeId: ID!, $ingredientId: ID, $first: Int, $after: String) {
      stockMovements(cafeId: $cafeId, ingredientId: $ingredientId, first: $first, after: $after) {
        nodes {
          id
          at
          kind
          quantity
          ingredient {
            ...IngredientFields
          }
          order {
            id
            number
          }
          reason
          actor {
            id
            name
          }
        }
        pageInfo {
          ...PageInfoFields
        }
      }
    }
  `,
  [IngredientFields, PageInfoFields],
);

export const Ingredients = graphql(
  `
    query Ingredients($search: String) {
      ingredients(search: $search) {
        ...IngredientFields
      }
    }
  `,
  [IngredientFields],
);

/** What one portion takes. */
export const Recipe = graphql(
  `
    query Recipe($productId: ID!) {
      product(id: $productId) {
        id
        recipe {
          ...RecipeItemFields
        }
      }
    }
  `,
  [RecipeItemFields],
);

export const CreateIngredient = graphql(
  `
    mutation CreateIngredient($input: IngredientInput!) {
      createIngredient(input: $input) {
        ingredient {
          ...IngredientFields
        }
        userErrors {
          ...UserErrorFields
        }
      }
    }
  `,
  [IngredientFields, UserErrorFields],
);

export const SetRecipe = graphql(
  `
    mutation SetRecipe($productId: ID!, $items: [RecipeItemInput!]!) {
      setRecipe(productId: $productId, items: $items) {
        recipe {
          ...RecipeItemFields
        }
        userErrors {
          ...UserErrorFields
        }
      }
    }
  `,
  [RecipeItemFields, UserErrorFields],
);

export const ReceiveStock = graphql(
  `
    mutation ReceiveStock($input: StockInput!) {
      receiveStock(input: $input) {
        ...StockPayloadFields
      }
    }
  `,
  [StockPayloadFields],
);

export const RecordWaste = graphql(
  `
    mutation RecordWaste($input: StockInput!) {
      recordWaste(input: $input) {
        ...StockPayloadFields
      }
    }
  `,
  [StockPayloadFields],
);

/** Sets what was counted. */
export const CountStock = graphql(
  `
    mutation CountStock($input: StockInput!) {
      countStock(input: $input) {
        ...StockPayloadFields
      }
    }
  `,
  [StockPayloadFields],
);

export const SetReorderPoint = graphql(
  `
    mutation SetReorderPoint($cafeId: ID!, $ingredientId: ID!, $quantity: Decimal!) {
      setReorderPoint(cafeId: $cafeId, ingredientId: $ingredientId, quantity: $quantity) {
        ...StockPayloadFields
      }
    }
  `,
  [StockPayloadFields],
);

export const WatchLowStock = graphql(
  `
    subscription WatchLowStock($cafeId: ID!) {
      lowStock(cafeId: $cafeId) {
        ...StockLevelFields
      }
    }
  `,
  [StockLevelFields],
);
