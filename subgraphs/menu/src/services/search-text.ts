import type { Product } from '../entities/product.ts';

/** Text without the differences that searching overlooks: case, accents, width. */
const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase();

/** What a product is found by. */
export const searchText = ({ name, description, category }: Product): string =>
  folded(`${name}\n${description ?? ''}\n${category.name}`);

/** The words that must all be found; anything is a letter like any other, `%` and `_` too. */
export const wordsOf = (search: string): string[] => folded(search).split(/\s+/).filter(Boolean);
