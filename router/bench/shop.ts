import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { composeServices } from '@apollo/composition';
import { Kind, parse, visit, type DocumentNode } from 'graphql';
import { parse as parseYaml } from 'yaml';
import type { ListSizes } from './generated-data.ts';

const ROOT = new URL('../../', import.meta.url);

export const shopSizes: ListSizes = {
  'CafeConnection.edges': 20,
  'Menu.sections': 5,
  'MenuSection.items': 8,
  'ProductConnection.nodes': 20,
};

/** What visitors of a shop ask for: its menu with the stock of each product, its places, a page of products. */
export const SHOP_OPERATIONS: Readonly<Record<string, string>> = {
  MENU: `query Menu {
    menu(cafeId: "1") {
      cafe { id name isOpen currentWaitMinutes }
      sections {
        category { id name position }
        items {
          price { amount currencyCode } soldOut
          product {
            id sku name description imageUrl allergens
            availability(cafeId: "1") { available portionsLeft }
          }
        }
      }
    }
  }`,
  CAFES: `query Cafes {
    cafes(first: 20) {
      edges {
        cursor distanceKm
        node {
          id slug name phone timeZone currencyCode isOpen acceptsOrders currentWaitMinutes
          address { street city postalCode country }
          openingHours { day opens closes }
        }
      }
      totalCount
      pageInfo { hasNextPage endCursor }
    }
  }`,
  PRODUCTS: `query Products {
    products(first: 20) {
      nodes {
        id sku name description imageUrl allergens archived
        category { id name }
        price { amount currencyCode }
        optionGroups {
          id name min max
          options { id name isDefault priceDelta { amount currencyCode } }
        }
      }
      totalCount
      pageInfo { hasNextPage endCursor }
    }
  }`,
};

/** The SDL of each subgraph of the repository's own supergraph. */
export async function shop(): Promise<Record<string, string>> {
  const list = parseYaml(await readFile(new URL('supergraph.yaml', ROOT), 'utf8')) as {
    subgraphs: Record<string, { schema: { file: string } }>;
  };
  const texts = Object.entries(list.subgraphs).map(
    async ([name, { schema }]): Promise<[string, string]> => [
      name,
      await readFile(fileURLToPath(new URL(schema.file, ROOT)), 'utf8'),
    ],
  );
  return Object.fromEntries(await Promise.all(texts));
}

/** Directives that some gateways refuse a supergraph for, or do not know. The bench's operations need none of them. */
const NOT_EVERYWHERE = new Set([
  ...['authenticated', 'requiresScopes', 'policy'],
  ...['cost', 'listSize', 'cacheTag'],
]);

/** The supergraph of the subgraphs at these URLs, whole or with nothing that some gateway refuses. */
export function composedShop(
  subgraphs: Readonly<Record<string, string>>,
  url: (subgraph: string) => string,
  kind: 'whole' | 'plain',
): string {
  const services = Object.entries(subgraphs).map(([name, sdl]) => ({
    name,
    url: url(name),
    typeDefs: kind === 'whole' ? parse(sdl) : withoutSecurity(parse(sdl)),
  }));
  const { supergraphSdl, errors } = composeServices(services);
  if (!supergraphSdl) throw new Error(errors?.map(({ message }) => message).join('\n'));
  return supergraphSdl;
}

function withoutSecurity(document: DocumentNode): DocumentNode {
  return visit(document, {
    Directive: (node) => (NOT_EVERYWHERE.has(node.name.value) ? null : undefined),
    ListValue: (node) => ({
      ...node,
      values: node.values.filter(
        (value) => value.kind !== Kind.STRING || !NOT_EVERYWHERE.has(value.value.replace('@', '')),
      ),
    }),
  });
}
