import {
  Refusal,
  problem,
  refused,
  type Caller,
  type Clock,
  type Database,
  type Transaction,
} from '@crema/kit';
import { publishPrivilegedWrite } from '@crema/schema/events';
import { KnownCafe } from '../entities/known-cafe.ts';
import { Role } from '../entities/role.ts';
import { User } from '../entities/user.ts';
import type { SetRolesInput } from '../inputs/user-inputs.ts';
import { inRank, isStaff } from './rights.ts';
import { changeUser } from './user-facts.ts';

/** The actor where a setting of the process decides. */
const INSTALLATION = 'installation';

/** Makes people staff, or customers again. New access tokens carry the new rights. */
export class SetRoles {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async run(caller: Caller, { userId, roles, cafeIds }: SetRolesInput): Promise<User> {
    caller.require('users:write');
    return this.database.transaction(async (tx) => {
      const { user, isLastAdmin } = await this.lock(tx, userId);
      if (isLastAdmin && !roles.includes(Role.ADMIN)) {
        throw refused('LAST_ADMIN', 'Somebody else has to be an admin first.', ['roles']);
      }
      await requireKnown(tx, cafeIds ?? []);
      const workplaces = [...new Set(cafeIds ?? user.workplaces)];
      const changed = await this.apply(tx, user, roles, workplaces);
      this.audit(tx, caller.requireId(), 'setRoles', changed);
      return changed;
    });
  }

  /** Makes the admin whom the installation names: nobody who could be asked is there yet. */
  async makeFirstAdmin(tx: Transaction, user: User): Promise<void> {
    const admin = await this.apply(tx, user, [Role.CUSTOMER, Role.ADMIN], []);
    this.audit(tx, INSTALLATION, 'makeFirstAdmin', admin);
  }

  /** The rules that hold whoever asks. */
  async apply(
    tx: Transaction,
    user: User,
    given: readonly Role[],
    workplaces: readonly string[],
  ): Promise<User> {
    const roles = inRank(given);
    const isAdmin = roles.includes(Role.ADMIN);
    const staff = isStaff({ roles });
    if (staff && !isAdmin && workplaces.length === 0) {
      throw refused('CAFE_REQUIRED', 'Baristas and managers work at one café at least.', [
        'cafeIds',
      ]);
    }
    return changeUser(tx, user, { roles, workplaces: staff ? [...workplaces] : [], isAdmin });
  }

  private audit(
    tx: Transaction,
    actorId: string,
    action: string,
    { id, roles, workplaces }: User,
  ): void {
    publishPrivilegedWrite(tx, {
      actorId,
      action: `accounts.${action}`,
      target: `User:${id}`,
      details: `Roles: ${roles.join(', ')}. Cafés: ${workplaces.join(', ') || 'none'}.`,
      at: this.clock.now(),
    });
  }

  /** Two admins who each take the other's role must not both succeed: all admins are locked, in order. */
  private async lock(
    tx: Transaction,
    userId: string,
  ): Promise<{ user: User; isLastAdmin: boolean }> {
    const admins = await (
      await tx.direct()
    ).find(User, { select: { id: true }, where: { isAdmin: true } });
    const ids = [...new Set([userId, ...admins.map(({ id }) => id)])].sort();
    const locked = await tx.findMany(User, ids, { lock: true });
    const user = locked.find(({ id }) => id === userId);
    if (!user) throw refused('NOT_FOUND', 'There is no such user.', ['userId']);
    const isLastAdmin = user.isAdmin && !locked.some(({ id, isAdmin }) => isAdmin && id !== userId);
    return { user, isLastAdmin };
  }
}

async function requireKnown(tx: Transaction, cafeIds: readonly string[]): Promise<void> {
  const known = new Set((await tx.findMany(KnownCafe, cafeIds)).map(({ id }) => id));
  const unknown = cafeIds.flatMap((id, index) =>
    known.has(id)
      ? []
      : [problem('NOT_FOUND', 'There is no such café.', ['cafeIds', String(index)])],
  );
  if (unknown.length > 0) throw new Refusal(unknown);
}
