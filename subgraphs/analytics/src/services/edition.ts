import type { Clock, Documents } from '@crema/kit';
import type { EditionName } from '../entities/edition-choice.ts';
import { openBooks, type Books } from './books.ts';
import { Cafes } from './cafes.ts';
import { DayBook } from './day-book.ts';
import { PastSalesBook } from './past-sales-book.ts';
import { Products } from './products.ts';
import { Revisions } from './revisions.ts';
import { Rollups } from './rollups.ts';
import { SalesBook } from './sales-book.ts';
import { salesParts, type SalesParts } from './sales-parts.ts';
import { SalesRankings } from './sales-rankings.ts';
import { SalesScopes } from './sales-scope.ts';
import { SalesSeries } from './sales-series.ts';
import { SalesSummaries } from './sales-summaries.ts';

/** One complete set of read models, what is written to it and what is told from it. */
export interface Edition {
  readonly name: EditionName;
  readonly books: Books;
  readonly cafes: Cafes;
  readonly products: Products;
  readonly revisions: Revisions;
  readonly days: DayBook;
  readonly sales: SalesBook;
  readonly pastSales: PastSalesBook;
  readonly rollups: Rollups;
  readonly parts: SalesParts;
  readonly scopes: SalesScopes;
  readonly summaries: SalesSummaries;
  readonly series: SalesSeries;
  readonly rankings: SalesRankings;
}

export async function openEdition(
  documents: Documents,
  name: EditionName,
  clock: Clock,
): Promise<Edition> {
  const books = await openBooks(documents, name);
  const cafes = new Cafes(books.cafes);
  const products = new Products(books.products);
  const revisions = new Revisions(books.revisions, clock);
  const days = new DayBook(books);
  const rollups = new Rollups(books.rollups, revisions);
  const parts = salesParts(books);
  return {
    name,
    books,
    cafes,
    products,
    revisions,
    days,
    sales: new SalesBook(books, days, cafes, products, revisions),
    pastSales: new PastSalesBook(books, days, cafes, revisions),
    rollups,
    parts,
    scopes: new SalesScopes(cafes),
    summaries: new SalesSummaries(rollups, parts),
    series: new SalesSeries(books.days, rollups, parts),
    rankings: new SalesRankings(rollups, parts, products),
  };
}
