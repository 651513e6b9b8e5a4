import { graphql } from '../graphql.ts';
import { MoneyFields, PageInfoFields, UserErrorFields } from './shared.ts';

export const ProductFields = graphql(
  `
    fragment ProductFields on Product {
      id
      sku
      name
      description
      category {
        id
        name
      }
      price {
        ...MoneyFields
      }
      optionGroups {
        id
        name
        min
        max
        options {
          id
          name
          priceDelta {
            ...MoneyFields
          }
          isDefault
        }
      }
      imageUrl
      allergens
      archived
    }
  `,
  [MoneyFields],
);

const ProductPayloadFields = graphql(
  `
    fragment ProductPayloadFields on ProductPayload {
      product {
        ...ProductFields
      }
      userErrors {
        ...UserErrorFields
      }
    }
  `,
  [ProductFields, UserErrorFields],
);

const MenuItemPayloadFields = graphql(
  `
    fragment MenuItemPayloadFields on MenuItemPayload {
      menuItem {
        product {
          id
          name
        }
        price {
          ...MoneyFields
        }
        soldOut
      }
      userErrors {
        ...UserErrorFields
      }
    }
  `,
  [MoneyFields, UserErrorFields],
);

/** Everything that one café sells, and whether there is enough to make it. */
export const CafeMenu = graphql(
  `
    query CafeMenu($cafeId: ID!) {
      menu(cafeId: $cafeId) {
        cafe {
          id
          name
        }
        sections {
          category {
            id
            name
            position
          }
          items {
            price {
              ...MoneyFields
            }
            soldOut
            product {
              ...ProductFields
              availability(cafeId: $cafeId) {
                available
                portionsLeft
              }
            }
          }
        }
      }
    }
  `,
  [MoneyFields, ProductFields],
);

export const Products = graphql(
  `
    query Products($first: Int, $after: String, $search: String, $categoryId: ID, $ids: [ID!]) {
      products(first: $first, after: $after, search: $search, categoryId: $categoryId, ids: $ids) {
        nodes {
          ...ProductFields
        }
        totalCount
        pageInfo {
          ...PageInfoFields
        }
      }
    }
  `,
  [ProductFields, PageInfoFields],
);

export const Product = graphql(
  `
    query Product($id: ID!) {
      product(id: $id) {
        ...ProductFields
      }
    }
  `,
  [ProductFields],
);

export const Categories = graphql(`
  query Categories {
    categories {
      id
      name
      position
    }
  }
`);

export const CreateProduct = graphql(
  `
    mutation CreateProduct($input: ProductInput!) {
      createProduct(input: $input) {
        ...ProductPayloadFields
      }
    }
  `,
  [ProductPayloadFields],
);

export const UpdateProduct = graphql(
  `
    mutation UpdateProduct($id: ID!, $input: UpdateProductInput!) {
      updateProduct(id: $id, input: $input) {
        ...ProductPayloadFields
      }
    }
  `,
  [ProductPayloadFields],
);

export const ArchiveProduct = graphql(
  `
    mutation ArchiveProduct($id: ID!) {
      archiveProduct(id: $id) {
        ...ProductPayloadFields
      }
    }
  `,
  [ProductPayloadFields],
);

export const CreateCategory = graphql(
  `
    mutation CreateCategory($input: CategoryInput!) {
      createCategory(input: $input) {
        category {
          id
          name
          position
        }
        userErrors {
          ...UserErrorFields
        }
      }
    }
  `,
  [UserErrorFields],
);

export const SetCafePrice = graphql(
  `
    mutation SetCafePrice($cafeId: ID!, $productId: ID!, $price: MoneyInput) {
      setCafePrice(cafeId: $cafeId, productId: $productId, price: $price) {
        ...MenuItemPayloadFields
      }
    }
  `,
  [MenuItemPayloadFields],
);

export const SetSoldOut = graphql(
  `
    mutation SetSoldOut($cafeId: ID!, $productId: ID!, $soldOut: Boolean!) {
      setSoldOut(cafeId: $cafeId, productId: $productId, soldOut: $soldOut) {
        ...MenuItemPayloadFields
      }
    }
  `,
  [MenuItemPayloadFields],
);
