import { Length, Matches, MaxLength, MinLength } from 'class-validator';
import { Field, InputType } from 'type-graphql';
import {
  E164,
  E164_MESSAGE,
  LONGEST_EMAIL,
  LONGEST_LOCALE,
  LONGEST_PASSWORD,
  PERSON_NAME,
  PERSON_NAME_MESSAGE,
  SHORTEST_PASSWORD,
} from './rules.ts';

@InputType({ description: 'Somebody new.' })
export class SignUpInput {
  @Field(() => String, { description: 'Unique; upper and lower case are the same.' })
  @MaxLength(LONGEST_EMAIL)
  email!: string;

  @Field(() => String, {
    description: 'From 12 to 200 characters, and none that is commonly used.',
  })
  @Length(SHORTEST_PASSWORD, LONGEST_PASSWORD)
  password!: string;

  @Field(() => String, { description: 'What they want to be called: from 1 to 100 characters.' })
  @Matches(PERSON_NAME, { message: PERSON_NAME_MESSAGE })
  name!: string;

  @Field(() => String, { nullable: true, description: 'E.164: +12125550101.' })
  @Matches(E164, { message: E164_MESSAGE })
  phone?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'BCP 47, such as es-MX: the language of messages. English when left out.',
  })
  @MaxLength(LONGEST_LOCALE)
  locale?: string | null;
}

@InputType({ description: 'Who they say they are, and the proof.' })
export class SignInInput {
  @Field(() => String, { description: 'The e-mail address they signed up with.' })
  @MaxLength(LONGEST_EMAIL)
  email!: string;

  @Field(() => String, { description: 'Their password.' })
  @MinLength(1)
  @MaxLength(LONGEST_PASSWORD)
  password!: string;
}
