import { Arg, Ctx, Directive, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import type { Clock, Context } from '@crema/kit';
import { Session } from '../entities/session.ts';
import { SignInInput, SignUpInput } from '../inputs/session-inputs.ts';
import type { EndSession } from '../services/end-session.ts';
import { invalidRefreshToken, type RefreshSession } from '../services/refresh-session.ts';
import type { Grant } from '../services/sessions.ts';
import type { SignIn } from '../services/sign-in.ts';
import type { SignUp } from '../services/sign-up.ts';
import { SessionPayload, SignOutPayload } from '../types/payloads.ts';
import type { SessionCookie } from './session-cookie.ts';

export interface SessionServices {
  readonly signUp: SignUp;
  readonly signIn: SignIn;
  readonly refresh: RefreshSession;
  readonly end: EndSession;
}

@Resolver(() => Session)
export class SessionResolver {
  constructor(
    private readonly services: SessionServices,
    private readonly cookie: SessionCookie,
    private readonly clock: Clock,
  ) {}

  @Directive('@cost(weight: 20)')
  @Mutation(() => SessionPayload, { description: 'Makes an account and signs its owner in.' })
  async signUp(
    @Arg('input', () => SignUpInput, { description: 'Who is new here.' }) input: SignUpInput,
    @Ctx() context: Context,
  ): Promise<SessionPayload> {
    return this.answer(context, await this.services.signUp.run(input, context.request.userAgent));
  }

  @Directive('@cost(weight: 20)')
  @Mutation(() => SessionPayload, { description: 'Signs somebody in by their password.' })
  async signIn(
    @Arg('input', () => SignInInput, { description: 'Who it is, and the proof.' })
    input: SignInInput,
    @Ctx() context: Context,
  ): Promise<SessionPayload> {
    return this.answer(context, await this.services.signIn.run(input, context.request, 'CUSTOMER'));
  }

  @Directive('@cost(weight: 20)')
  @Mutation(() => SessionPayload, {
    description: 'Staff only: refuses customers, shorter session, sign-in is audited.',
  })
  async adminSignIn(
    @Arg('input', () => SignInInput, { description: 'Who it is, and the proof.' })
    input: SignInInput,
    @Ctx() context: Context,
  ): Promise<SessionPayload> {
    return this.answer(context, await this.services.signIn.run(input, context.request, 'STAFF'));
  }

  @Mutation(() => SessionPayload, {
    description:
      'The token from the argument or from the HttpOnly cookie. Rotates it; a reused one revokes the whole family.',
  })
  async refreshSession(
    @Arg('refreshToken', () => String, {
      nullable: true,
      description: 'Left out where the cookie has it.',
    })
    argument: string | null | undefined,
    @Ctx() context: Context,
  ): Promise<SessionPayload> {
    try {
      const token = argument ?? this.cookie.read(context);
      if (!token) throw invalidRefreshToken();
      return this.answer(context, await this.services.refresh.run(token));
    } catch (error) {
      if (!argument) this.cookie.clear(context);
      throw error;
    }
  }

  @Directive('@authenticated')
  @Mutation(() => SignOutPayload, { description: 'Ends the session that asks.' })
  async signOut(@Ctx() context: Context): Promise<SignOutPayload> {
    const success = await this.services.end.signOut(context.caller);
    this.cookie.clear(context);
    return { success };
  }

  @Directive('@authenticated')
  @Mutation(() => SignOutPayload, { description: 'Ends all sessions of the caller.' })
  async signOutEverywhere(@Ctx() context: Context): Promise<SignOutPayload> {
    await this.services.end.everywhere(context.caller);
    this.cookie.clear(context);
    return { success: true };
  }

  @Directive('@authenticated')
  @Mutation(() => SignOutPayload, { description: 'Ends one session of the caller.' })
  async revokeSession(
    @Arg('id', () => ID, { description: 'Which, of `me { sessions { id } }`.' }) id: string,
    @Ctx() { caller }: Context,
  ): Promise<SignOutPayload> {
    return { success: await this.services.end.one(caller, id) };
  }

  @FieldResolver(() => Boolean, { description: 'Whether it is the one that asks.' })
  current(@Root() { id }: Session, @Ctx() { caller }: Context): boolean {
    return caller.sessionId === id;
  }

  private answer(
    context: Context,
    { accessToken, refreshToken, session, user }: Grant,
  ): SessionPayload {
    const { expiresAt } = session;
    this.cookie.set(context, refreshToken, expiresAt.getTime() - this.clock.now().getTime());
    return Object.assign(new SessionPayload(), {
      accessToken: accessToken.text,
      refreshToken,
      expiresAt: accessToken.expiresAt,
      user,
    });
  }
}
