import { Field, ObjectType } from 'type-graphql';
import { DateTime, Payload } from '@crema/kit';
import { User } from '../entities/user.ts';

@ObjectType({
  description: 'What a sign-in or a refresh gives; nothing but `userErrors` when it is refused.',
})
export class SessionPayload extends Payload {
  @Field(() => String, {
    nullable: true,
    description: 'A JWT to send as `Authorization: Bearer …`.',
  })
  accessToken?: string;

  @Field(() => String, {
    nullable: true,
    description: 'Good for one `refreshSession`. Browsers have it as an HttpOnly cookie too.',
  })
  refreshToken?: string;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When the access token ends; refresh before.',
  })
  expiresAt?: Date;

  @Field(() => User, { nullable: true, description: 'Who is signed in.' })
  user?: User;
}

@ObjectType({ description: 'The answer to the end of a session.' })
export class SignOutPayload {
  @Field(() => Boolean, { description: 'False when there was no such session of the caller.' })
  success!: boolean;
}

@ObjectType({ description: 'The answer to a request for a one-time code.' })
export class RequestPasswordResetPayload {
  @Field(() => Boolean, {
    description: 'Always true; it does not tell whether the account exists.',
  })
  accepted!: boolean;
}

@ObjectType({ description: 'The answer to a change of password.' })
export class ResetPasswordPayload extends Payload {}

@ObjectType({ description: 'The answer to a change of a user.' })
export class UserPayload extends Payload {
  @Field(() => User, { nullable: true, description: 'As they are now.' })
  user?: User;
}
