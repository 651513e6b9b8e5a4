import { ProductChanged } from '@crema/schema/events';
import { ASTORIA, categoryId, managerOf, type MenuTest, type UserErrors } from './support.ts';

export interface OptionData {
  id: string;
  name: string;
  priceDelta: { amount: string };
  isDefault: boolean;
}
export interface GroupData {
  id: string;
  name: string;
  min: number;
  max: number;
  options: OptionData[];
}
export interface ProductData {
  id: string;
  sku: string;
  optionGroups: GroupData[];
  [field: string]: unknown;
}
export interface Payload extends UserErrors {
  product: ProductData | null;
}

export const FIELDS = `{
  product {
    id sku name description imageUrl allergens archived
    price { amount currencyCode } category { id name }
    optionGroups { id name min max options { id name isDefault priceDelta { amount } } }
  }
  userErrors { code field }
}`;
export const CREATE = `mutation ($input: ProductInput!) { createProduct(input: $input) ${FIELDS} }`;
export const UPDATE = `mutation ($id: ID!, $input: UpdateProductInput!) { updateProduct(id: $id, input: $input) ${FIELDS} }`;
export const ARCHIVE = `mutation ($id: ID!) { archiveProduct(id: $id) ${FIELDS} }`;

export const manager = managerOf(ASTORIA);
export const usd = (amount: string) => ({ amount, currencyCode: 'USD' });
export const option = (name: string, amount = '0', isDefault?: boolean) => ({
  name,
  priceDelta: usd(amount),
  ...(isDefault !== undefined && { isDefault }),
});
export const size = {
  name: 'Size',
  min: 1,
  max: 1,
  options: [option('Small', '0', true), option('Big', '0.50')],
};
export const lungo = {
  sku: 'lungo',
  name: 'Lungo',
  categoryId: categoryId('coffee'),
  price: usd('2.40'),
};

export const create = (test: MenuTest, input: object, caller = manager) =>
  test.mutate<Payload>(caller, CREATE, { input: { ...lungo, ...input } });
export const update = (test: MenuTest, id: string, input: object, caller = manager) =>
  test.mutate<Payload>(caller, UPDATE, { id, input });

export const changesOf = async (test: MenuTest) => (await test.published(ProductChanged)).slice(53);
