import {
  Arg,
  Ctx,
  Directive,
  FieldResolver,
  ID,
  Int,
  Mutation,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { DateTime, type Caller, type Context } from '@crema/kit';
import { Role } from '../entities/role.ts';
import { Session } from '../entities/session.ts';
import { User } from '../entities/user.ts';
import { SetRolesInput, UpdateProfileInput } from '../inputs/user-inputs.ts';
import type { Sessions } from '../services/sessions.ts';
import type { SetRoles } from '../services/set-roles.ts';
import type { UpdateProfile } from '../services/update-profile.ts';
import type { Users } from '../services/users.ts';
import { Cafe } from '../types/cafe.ts';
import { UserConnection } from '../types/connections.ts';
import { UserPayload } from '../types/payloads.ts';

const maySee = (caller: Caller, { id }: User): boolean => caller.is(id) || caller.has('users:read');

@Resolver(() => User)
export class UserResolver {
  constructor(
    private readonly people: Users,
    private readonly sessionsOf: Sessions,
    private readonly updating: UpdateProfile,
    private readonly settingRoles: SetRoles,
  ) {}

  @Query(() => User, { nullable: true, description: 'The signed-in user; null for a visitor.' })
  async me(@Ctx() { caller, loaders }: Context): Promise<User | null> {
    return caller.id === null ? null : loaders.load(this.people.byId, caller.id);
  }

  @Directive('@requiresScopes(scopes: [["users:read"]])')
  @Query(() => User, {
    nullable: true,
    description: 'One person; null when there is none of this id.',
  })
  async user(
    @Arg('id', () => ID, { description: 'Whose.' }) id: string,
    @Ctx() { caller, loaders }: Context,
  ): Promise<User | null> {
    caller.require('users:read');
    return loaders.load(this.people.byId, id);
  }

  @Directive('@listSize(slicingArguments: ["first"], sizedFields: ["edges", "nodes"])')
  @Directive('@requiresScopes(scopes: [["users:read"]])')
  @Query(() => UserConnection, { description: 'All people, by name.' })
  async users(
    @Arg('first', () => Int, { nullable: true, defaultValue: 20, description: 'At most 100.' })
    first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'The cursor to go on after.' })
    after: string | null | undefined,
    @Arg('search', () => String, {
      nullable: true,
      description: 'How a word of the name, or the e-mail address, begins.',
    })
    search: string | null | undefined,
    @Ctx() { caller }: Context,
  ): Promise<InstanceType<typeof UserConnection>> {
    return this.people.list(caller, { first, after, search });
  }

  @Directive('@authenticated')
  @Mutation(() => UserPayload, { description: 'Changes what the caller tells of themselves.' })
  async updateProfile(
    @Arg('input', () => UpdateProfileInput, { description: 'What is to be other than before.' })
    input: UpdateProfileInput,
    @Ctx() { caller }: Context,
  ): Promise<UserPayload> {
    return Object.assign(new UserPayload(), { user: await this.updating.run(caller, input) });
  }

  @Directive('@requiresScopes(scopes: [["users:write"]])')
  @Mutation(() => UserPayload, {
    description: 'Makes somebody staff, or a customer again. Their next access token tells.',
  })
  async setRoles(
    @Arg('input', () => SetRolesInput, { description: 'Whose rights, and which.' })
    input: SetRolesInput,
    @Ctx() { caller }: Context,
  ): Promise<UserPayload> {
    return Object.assign(new UserPayload(), { user: await this.settingRoles.run(caller, input) });
  }

  @Directive('@authenticated')
  @FieldResolver(() => String, {
    nullable: true,
    description: 'From here on null unless it is the caller, or the caller may read users.',
  })
  email(@Root() user: User, @Ctx() { caller }: Context): string | null {
    return maySee(caller, user) ? user.email : null;
  }

  @Directive('@authenticated')
  @FieldResolver(() => String, { nullable: true, description: 'E.164.' })
  phone(@Root() user: User, @Ctx() { caller }: Context): string | null {
    return maySee(caller, user) ? user.phone : null;
  }

  @Directive('@authenticated')
  @FieldResolver(() => String, {
    nullable: true,
    description: 'BCP 47: what messages to them are written in; null for English.',
  })
  locale(@Root() user: User, @Ctx() { caller }: Context): string | null {
    return maySee(caller, user) ? user.locale : null;
  }

  @Directive('@authenticated')
  @FieldResolver(() => [Role], {
    nullable: true,
    description: 'What they are, from the least to the most.',
  })
  roles(@Root() user: User, @Ctx() { caller }: Context): Role[] | null {
    return maySee(caller, user) ? user.roles : null;
  }

  @Directive('@authenticated')
  @FieldResolver(() => [Cafe], {
    nullable: true,
    description: 'The cafés a member of staff works at.',
  })
  workplaces(@Root() user: User, @Ctx() { caller }: Context): Cafe[] | null {
    return maySee(caller, user) ? user.workplaces.map((id) => ({ id })) : null;
  }

  @Directive('@authenticated')
  @FieldResolver(() => DateTime, { nullable: true, description: 'When they signed up.' })
  createdAt(@Root() user: User, @Ctx() { caller }: Context): Date | null {
    return maySee(caller, user) ? user.createdAt : null;
  }

  @Directive('@authenticated')
  @FieldResolver(() => [Session], {
    nullable: true,
    description: "The caller's own only.",
  })
  async sessions(@Root() { id }: User, @Ctx() { caller }: Context): Promise<Session[] | null> {
    return caller.is(id) ? this.sessionsOf.listOf(id) : null;
  }
}
