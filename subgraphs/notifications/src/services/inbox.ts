import {
  readPage,
  refused,
  toConnection,
  type Caller,
  type Clock,
  type Collection,
  type Connection,
} from '@crema/kit';
import type { Notification } from '../entities/notification.ts';

const MOST_MARKED = 100;
const MARKED_AT_ONCE = 500;

export interface ListArguments {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly unreadOnly?: boolean | null;
}

/** What the caller was told in the app. Nobody sees another's. */
export class Inbox {
  constructor(
    private readonly notifications: Collection<Notification>,
    private readonly clock: Clock,
  ) {}

  async list(
    caller: Caller,
    { first, after, unreadOnly }: ListArguments,
  ): Promise<Connection<Notification>> {
    const page = readPage(first, after);
    const last = page.after;
    if (last && (last.length !== 2 || last.some((value) => typeof value !== 'string'))) {
      throw refused('INVALID_INPUT', 'after must be a cursor of this list.', ['after']);
    }
    const rows = await this.notifications.find({
      where: {
        userId: caller.requireId(),
        isListed: true,
        ...(unreadOnly && { readAt: null }),
      },
      order: [
        ['createdAt', 'desc'],
        ['id', 'desc'],
      ],
      ...(last && { after: last }),
      limit: page.first + 1,
    });
    return toConnection(rows, page, keyOf, (row) => row);
  }

  unreadCount(caller: Caller): Promise<number> {
    return this.notifications.count({ userId: caller.requireId(), isListed: true, readAt: null });
  }

  /** Null for what is not the caller's: an id tells nothing. */
  async get(caller: Caller, id: string): Promise<Notification | null> {
    caller.requireId();
    const found = await this.notifications.get(id);
    return found && caller.is(found.userId) ? found : null;
  }

  async markRead(caller: Caller, ids: readonly string[]): Promise<void> {
    caller.requireId();
    if (ids.length > MOST_MARKED) {
      throw refused('INVALID_INPUT', `At most ${MOST_MARKED} may be marked at once.`, ['ids']);
    }
    const found = await this.notifications.getMany(ids);
    const missing = found.findIndex((each) => !each || !caller.is(each.userId));
    if (missing >= 0) {
      throw refused('NOT_FOUND', 'You have no such notification.', ['ids', String(missing)]);
    }
    for (const id of ids) await this.mark(id);
  }

  async markAllRead(caller: Caller): Promise<void> {
    const where = { userId: caller.requireId(), isListed: true, readAt: null };
    for (;;) {
      const unread = await this.notifications.find({ where, limit: MARKED_AT_ONCE });
      for (const { id } of unread) await this.mark(id);
      if (unread.length < MARKED_AT_ONCE) return;
    }
  }

  private async mark(id: string): Promise<void> {
    const readAt = this.clock.now().toISOString();
    await this.notifications.change(id, { where: { readAt: null }, set: { readAt } });
  }
}

const keyOf = ({ createdAt, id }: Notification): readonly string[] => [createdAt, id];
