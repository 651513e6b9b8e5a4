import type { Clock, Database, Transaction } from '@crema/kit';
import { Cafe } from '../entities/cafe.ts';
import { CafeOffer } from '../entities/cafe-offer.ts';
import { Category } from '../entities/category.ts';
import { MenuVersion } from '../entities/menu-version.ts';
import { Product } from '../entities/product.ts';
import { MenuSnapshot } from './menu-snapshot.ts';

/**
 * Keeps the menu in memory. A change of this process is seen by the next reader; a change of another
 * replica after at most `freshMs`, when the version in the database is compared.
 */
export class MenuCache {
  private snapshot: MenuSnapshot | null = null;
  private checkedAt = 0;
  /** Commits of this process, and how many of them the snapshot has in it for certain. */
  private commits = 0;
  private known = -1;
  private refreshing: Promise<void> | null = null;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly freshMs: number,
  ) {}

  async current(): Promise<MenuSnapshot> {
    if (this.isFresh()) return this.snapshot!;
    const needed = this.commits;
    do {
      this.refreshing ??= this.refresh().finally(() => {
        this.refreshing = null;
      });
      await this.refreshing;
      // It may have begun before the last commit that the caller knows of.
    } while (this.known < needed);
    return this.snapshot!;
  }

  /**
   * Makes every replica read again once the transaction is committed. All who write the menu share its lock: it
   * is taken last, or first by who needs all others to wait.
   */
  async touch(tx: Transaction): Promise<void> {
    const { version } = (await tx.lock(MenuVersion, MenuVersion.ID))!;
    tx.update(MenuVersion, MenuVersion.ID, { version: version + 1 });
    tx.afterCommit(() => {
      this.commits += 1;
    });
  }

  private isFresh(): boolean {
    const age = this.clock.now().getTime() - this.checkedAt;
    return this.known === this.commits && age >= 0 && age < this.freshMs;
  }

  private async refresh(): Promise<void> {
    const { commits } = this;
    const at = this.clock.now().getTime();
    const [row] = await this.database.findMany(MenuVersion, [MenuVersion.ID]);
    const { version } = row!;
    if (this.snapshot?.version !== version) this.snapshot = await this.load(version);
    this.known = commits;
    this.checkedAt = at;
  }

  /** The version was read first: what is committed meanwhile is at worst read twice. */
  private async load(version: number): Promise<MenuSnapshot> {
    const { read } = this.database;
    const offers = await read.find(CafeOffer);
    const products = await read.find(Product);
    const categories = await read.find(Category);
    const cafes = await read.find(Cafe);
    return new MenuSnapshot({ version, categories, products, offers, cafes });
  }
}
