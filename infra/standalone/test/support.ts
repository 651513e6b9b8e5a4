import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stableId } from '@crema/kit';
import {
  createCrema,
  DepositFunds,
  graphql,
  Order,
  PlaceOrder,
  ReceiveStock,
  type Crema as Client,
  type ResultOf,
  type VariablesOf,
} from '@crema/sdk';
import { WebSocket } from 'ws';
import { readConfig } from '../src/config.ts';
import { openCrema, type Crema } from '../src/standalone.ts';

export const PASSWORD = 'espresso-macchiato-42';

export const ids = {
  astoria: stableId('cafe/astoria'),
  hellsKitchen: stableId('cafe/hells-kitchen'),
  /** Open around the clock. */
  lowerManhattan: stableId('cafe/lower-manhattan'),
  flatWhite: stableId('product/flat-white'),
  latte: stableId('product/latte'),
  croissant: stableId('product/butter-croissant'),
  customer: stableId('user/customer@crema.test'),
};

export const clientOf = (url: string): Client => createCrema({ url, webSocketImpl: WebSocket });

export const dollars = (amount: string) => ({ amount, currencyCode: 'USD' });

/** Somebody at the other end of the network. */
export async function signIn(url: string, name: string, password = PASSWORD): Promise<Client> {
  const client = clientOf(url);
  const { userErrors } = await client.session.signIn({ email: `${name}@crema.test`, password });
  if (userErrors.length > 0) throw new Error(userErrors.map(({ message }) => message).join(' '));
  return client;
}

let people = 0;

/** A new customer, with so many dollars in the wallet. */
export async function newCustomer(url: string, funds?: string): Promise<Client> {
  const client = clientOf(url);
  const email = `guest-${process.pid}-${people++}@crema.test`;
  const { userErrors } = await client.session.signUp({ email, password: PASSWORD, name: 'Guest' });
  if (userErrors.length > 0) throw new Error(userErrors.map(({ message }) => message).join(' '));
  if (funds) {
    const { depositFunds } = await client.mutate(DepositFunds, {
      input: { idempotencyKey: 'opening', amount: dollars(funds), paymentToken: 'tok_visa' },
    });
    if (depositFunds.userErrors.length > 0) throw new Error(JSON.stringify(depositFunds));
  }
  return client;
}

type PlaceOrderInput = VariablesOf<typeof PlaceOrder>['input'];
type OrderInput = PlaceOrderInput['order'];

/** One flat white at the café that never closes, unless told. */
export const coffee = (order: Partial<OrderInput> = {}): OrderInput => ({
  cafeId: ids.lowerManhattan,
  lines: [{ productId: ids.flatWhite, quantity: 1 }],
  ...order,
});

let keys = 0;

export const newKey = (): string => `key-${process.pid}-${keys++}`;

export async function place(
  client: Client,
  order: OrderInput = coffee(),
  idempotencyKey = newKey(),
): Promise<ResultOf<typeof PlaceOrder>['placeOrder']> {
  const { placeOrder } = await client.mutate(PlaceOrder, { input: { idempotencyKey, order } });
  return placeOrder;
}

export async function orderOf(client: Client, id: string) {
  const { order } = await client.query(Order, { id });
  if (!order) throw new Error(`there is no order ${id}`);
  return order;
}

/** All of Crema in this process with the demo data, on a folder that is thrown away, served on a free port. */
export interface TestCrema {
  readonly crema: Crema;
  readonly url: string;
  /** The SQL statements since the list was last emptied. */
  readonly statements: string[];
  close(): Promise<void>;
}

export async function startCrema(env: Record<string, string> = {}): Promise<TestCrema> {
  const folder = mkdtempSync(join(tmpdir(), 'crema-e2e-'));
  const all = { DATA_DIR: folder, PORT: '0', LOG_LEVEL: 'silent', NODE_ENV: 'test', ...env };
  const statements: string[] = [];
  const crema = await openCrema(readConfig(all), all, {
    onStatement: (_, sql) => statements.push(sql),
  });
  await crema.settle();
  const { url } = await crema.listen();
  return {
    crema,
    url,
    statements,
    close: async () => {
      await crema.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const CreateScarceProduct = graphql(`
  mutation CreateScarceProduct($product: ProductInput!, $ingredient: IngredientInput!) {
    createProduct(input: $product) {
      product {
        id
      }
      userErrors {
        code
        message
      }
    }
    createIngredient(input: $ingredient) {
      ingredient {
        id
      }
      userErrors {
        code
        message
      }
    }
  }
`);

const SetOneIngredientRecipe = graphql(`
  mutation SetOneIngredientRecipe($productId: ID!, $items: [RecipeItemInput!]!) {
    setRecipe(productId: $productId, items: $items) {
      userErrors {
        code
        message
      }
    }
  }
`);

/** A product of which so many portions are in stock at the café that never closes. */
export async function scarceProduct(
  { crema, url }: TestCrema,
  portions: number,
): Promise<{ productId: string; ingredientId: string }> {
  const admin = await signIn(url, 'admin');
  const name = `Scarce ${newKey()}`;
  const { createProduct, createIngredient } = await admin.mutate(CreateScarceProduct, {
    product: {
      sku: name.toLowerCase().replaceAll(' ', '-'),
      name,
      categoryId: stableId('category/bakery'),
      price: dollars('3.00'),
    },
    ingredient: { name, unit: 'PIECE' },
  });
  const productId = createProduct.product!.id;
  const ingredientId = createIngredient.ingredient!.id;
  await crema.settle();
  const { setRecipe } = await admin.mutate(SetOneIngredientRecipe, {
    productId,
    items: [{ ingredientId, quantity: '1' }],
  });
  expect(setRecipe.userErrors).toEqual([]);
  const { receiveStock } = await admin.mutate(ReceiveStock, {
    input: {
      idempotencyKey: newKey(),
      cafeId: ids.lowerManhattan,
      ingredientId,
      quantity: String(portions),
    },
  });
  expect(receiveStock.userErrors).toEqual([]);
  await admin.close();
  return { productId, ingredientId };
}
