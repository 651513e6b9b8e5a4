import { Arg, Ctx, Directive, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { Context } from '@crema/kit';
import {
  ChangePasswordInput,
  RequestPasswordResetInput,
  ResetPasswordInput,
} from '../inputs/password-inputs.ts';
import type { ChangePassword } from '../services/change-password.ts';
import type { ResetPassword } from '../services/reset-password.ts';
import { RequestPasswordResetPayload, ResetPasswordPayload } from '../types/payloads.ts';

@Resolver(() => ResetPasswordPayload)
export class PasswordResolver {
  constructor(
    private readonly reset: ResetPassword,
    private readonly change: ChangePassword,
  ) {}

  @Directive('@cost(weight: 20)')
  @Mutation(() => RequestPasswordResetPayload, {
    description:
      'Always accepted, whether the account exists or not; sends a one-time code by e-mail.',
  })
  async requestPasswordReset(
    @Arg('input', () => RequestPasswordResetInput, { description: 'Whose password was forgotten.' })
    { email }: RequestPasswordResetInput,
    @Ctx() { request }: Context,
  ): Promise<RequestPasswordResetPayload> {
    await this.reset.request(email, request);
    return { accepted: true };
  }

  @Directive('@cost(weight: 20)')
  @Mutation(() => ResetPasswordPayload, {
    description: 'Sets a new password by a one-time code, and ends all sessions.',
  })
  async resetPassword(
    @Arg('input', () => ResetPasswordInput, { description: 'The code and the new password.' })
    input: ResetPasswordInput,
    @Ctx() { request }: Context,
  ): Promise<ResetPasswordPayload> {
    await this.reset.run(input, request);
    return new ResetPasswordPayload();
  }

  @Directive('@authenticated')
  @Directive('@cost(weight: 20)')
  @Mutation(() => ResetPasswordPayload, {
    description: 'Sets a new password by the old one, and ends all other sessions.',
  })
  async changePassword(
    @Arg('input', () => ChangePasswordInput, {
      description: 'The present password and the new one.',
    })
    input: ChangePasswordInput,
    @Ctx() { caller }: Context,
  ): Promise<ResetPasswordPayload> {
    await this.change.run(caller, input);
    return new ResetPasswordPayload();
  }

  @FieldResolver(() => Boolean, { description: 'Whether the new password holds.' })
  success(@Root() { userErrors }: ResetPasswordPayload): boolean {
    return userErrors.length === 0;
  }
}
