import { Arg, Ctx, Directive, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '@crema/kit';
import { AuditEntry } from '../entities/audit-entry.ts';
import { User } from '../entities/user.ts';
import type { AuditTrail } from '../services/audit-trail.ts';
import type { Users } from '../services/users.ts';
import { AuditEntryConnection } from '../types/connections.ts';

@Resolver(() => AuditEntry)
export class AuditResolver {
  constructor(
    private readonly trail: AuditTrail,
    private readonly people: Users,
  ) {}

  @Directive('@listSize(slicingArguments: ["first"], sizedFields: ["edges", "nodes"])')
  @Directive('@requiresScopes(scopes: [["audit:read"]])')
  @Query(() => AuditEntryConnection, {
    description: 'Who did what: every privileged write, newest first.',
  })
  async auditLog(
    @Arg('first', () => Int, { nullable: true, defaultValue: 50, description: 'At most 100.' })
    first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'The cursor to go on after.' })
    after: string | null | undefined,
    @Arg('actorId', () => ID, { nullable: true, description: 'Of this person alone.' })
    actorId: string | null | undefined,
    @Arg('action', () => String, {
      nullable: true,
      description: 'Of this kind alone, such as menu.setCafePrice.',
    })
    action: string | null | undefined,
    @Ctx() { caller }: Context,
  ): Promise<InstanceType<typeof AuditEntryConnection>> {
    return this.trail.list(caller, { first, after, actorId, action });
  }

  @FieldResolver(() => User, { nullable: true, description: 'Who did it; null when nobody knows.' })
  actor(@Root() { actorId }: AuditEntry, @Ctx() { loaders }: Context): Promise<User | null> {
    return loaders.load(this.people.byId, actorId);
  }
}
