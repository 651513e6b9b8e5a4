import { refused, toConnection, type PageRequest } from '@crema/kit';
import type { Product } from '../entities/product.ts';
import type { ProductPage } from '../types/product-connection.ts';
import { byName, type MenuSnapshot } from './menu-snapshot.ts';
import { wordsOf } from './search-text.ts';

export interface ProductFilter {
  /** Each of its words must be found in the name, the description or the category. */
  readonly search?: string | null;
  readonly categoryId?: string | null;
  readonly ids?: readonly string[] | null;
}

const LONGEST_SEARCH = 100;
const MOST_IDS = 100;

/** What is sold and fits the filter, by name. */
export function searchProducts(
  menu: MenuSnapshot,
  page: PageRequest,
  { search, categoryId, ids }: ProductFilter,
): ProductPage {
  if (search && search.length > LONGEST_SEARCH) {
    const message = `search must have at most ${LONGEST_SEARCH} characters.`;
    throw refused('INVALID_INPUT', message, ['search']);
  }
  if (ids && ids.length > MOST_IDS) {
    throw refused('INVALID_INPUT', `ids must be at most ${MOST_IDS}.`, ['ids']);
  }
  const words = wordsOf(search ?? '');
  const wanted = ids && new Set(ids);
  const found = menu.listed
    .filter(
      ({ product, text }) =>
        (!wanted || wanted.has(product.id)) &&
        (!categoryId || product.categoryId === categoryId) &&
        words.every((word) => text.includes(word)),
    )
    .map(({ product }) => product);

  const after = page.after && afterOf(page.after);
  const start = after ? found.findIndex((product) => byName(product, after) > 0) : 0;
  const rest = start < 0 ? [] : found.slice(start, start + page.first + 1);
  const keyOf = ({ name, id }: Product) => [name, id];
  return { ...toConnection(rest, page, keyOf, (product) => product), totalCount: found.length };
}

function afterOf([name, id]: readonly (string | number)[]): { name: string; id: string } {
  if (typeof name === 'string' && typeof id === 'string') return { name, id };
  throw refused('INVALID_INPUT', 'after must be a cursor of this list.', ['after']);
}
