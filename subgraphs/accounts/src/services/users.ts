import { Brackets, type SelectQueryBuilder } from 'typeorm';
import {
  inOrder,
  Loader,
  readPage,
  refused,
  toConnection,
  type Caller,
  type Connection,
  type Database,
} from '@crema/kit';
import { User } from '../entities/user.ts';
import { normalisedEmail } from './email.ts';
import { nameKeyOf } from './person-name.ts';

const LONGEST_SEARCH = 100;

export interface UserList {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly search?: string | null;
}

/** Finds people. Who may see what of them is decided field by field. */
export class Users {
  readonly byId: Loader<User | null>;

  constructor(private readonly database: Database) {
    this.byId = new Loader((ids) =>
      database.findMany(User, ids).then((rows) => inOrder(ids, rows, ({ id }) => id)),
    );
  }

  /** By name, a page at a time. */
  async list(
    caller: Caller,
    { first, after, search }: UserList,
  ): Promise<Connection<User> & { totalCount: () => Promise<number> }> {
    caller.require('users:read');
    const page = readPage(first, after);
    if (search && search.length > LONGEST_SEARCH) {
      throw refused('INVALID_INPUT', `search must have at most ${LONGEST_SEARCH} characters.`, [
        'search',
      ]);
    }
    const query = this.matching(search ?? '')
      .orderBy('user.nameKey')
      .addOrderBy('user.id');
    if (page.after) {
      const [name, id] = page.after;
      query.andWhere('(user.nameKey > :name OR (user.nameKey = :name AND user.id > :id))', {
        name,
        id: id ?? '',
      });
    }
    const rows = await query.take(page.first + 1).getMany();
    return {
      ...toConnection(
        rows,
        page,
        ({ nameKey, id }) => [nameKey, id],
        (user) => user,
      ),
      totalCount: () => this.matching(search ?? '').getCount(),
    };
  }

  /** Whose name has a word that begins so, or whose e-mail address begins so. */
  private matching(search: string): SelectQueryBuilder<User> {
    const query = this.database.read.createQueryBuilder(User, 'user');
    if (search.trim() === '') return query;
    const name = escaped(nameKeyOf(search));
    return query.where(
      new Brackets((where) =>
        where
          .where(`user.nameKey LIKE :start ESCAPE '!'`, { start: `${name}%` })
          .orWhere(`user.nameKey LIKE :word ESCAPE '!'`, { word: `% ${name}%` })
          .orWhere(`user.email LIKE :email ESCAPE '!'`, {
            email: `${escaped(normalisedEmail(search))}%`,
          }),
      ),
    );
  }
}

/** `!` is the one escape that needs none itself in any dialect's string. */
const escaped = (text: string): string => text.replace(/[!%_]/g, '!$&');
