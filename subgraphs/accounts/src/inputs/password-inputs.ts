import { Length, MaxLength, MinLength } from 'class-validator';
import { Field, InputType } from 'type-graphql';
import { LONGEST_EMAIL, LONGEST_PASSWORD, SHORTEST_PASSWORD } from './rules.ts';

@InputType({ description: 'Whose password is to be reset.' })
export class RequestPasswordResetInput {
  @Field(() => String, { description: 'The e-mail address they signed up with.' })
  @MaxLength(LONGEST_EMAIL)
  email!: string;
}

@InputType({ description: 'A new password, and the one-time code that allows it.' })
export class ResetPasswordInput {
  @Field(() => String, { description: 'The e-mail address they signed up with.' })
  @MaxLength(LONGEST_EMAIL)
  email!: string;

  @Field(() => String, { description: 'The six digits that were sent.' })
  @MaxLength(20)
  code!: string;

  @Field(() => String, {
    description: 'From 12 to 200 characters, and none that is commonly used.',
  })
  @Length(SHORTEST_PASSWORD, LONGEST_PASSWORD)
  newPassword!: string;
}

@InputType({ description: 'A new password, and the one it replaces.' })
export class ChangePasswordInput {
  @Field(() => String, { description: 'The password until now.' })
  @MinLength(1)
  @MaxLength(LONGEST_PASSWORD)
  currentPassword!: string;

  @Field(() => String, {
    description: 'From 12 to 200 characters, and none that is commonly used.',
  })
  @Length(SHORTEST_PASSWORD, LONGEST_PASSWORD)
  newPassword!: string;
}
