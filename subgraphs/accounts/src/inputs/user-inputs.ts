import { ArrayMaxSize, ArrayNotEmpty, Length, Matches, MaxLength } from 'class-validator';
import { Field, ID, InputType } from 'type-graphql';
import { Role } from '../entities/role.ts';
import { E164, E164_MESSAGE, LONGEST_LOCALE, PERSON_NAME, PERSON_NAME_MESSAGE } from './rules.ts';

@InputType({ description: 'What is to change; what is left out stays.' })
export class UpdateProfileInput {
  @Field(() => String, {
    nullable: true,
    description: 'What they want to be called: from 1 to 100 characters.',
  })
  @Matches(PERSON_NAME, { message: PERSON_NAME_MESSAGE })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'E.164: +12125550101. Null removes it.' })
  @Matches(E164, { message: E164_MESSAGE })
  phone?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'BCP 47, such as es-MX: the language of messages. Null returns to English.',
  })
  @MaxLength(LONGEST_LOCALE)
  locale?: string | null;
}

@InputType({ description: 'What somebody is from now on, and where.' })
export class SetRolesInput {
  @Field(() => ID, { description: 'Whose roles.' })
  @Length(1, 100)
  userId!: string;

  @Field(() => [Role], {
    description: 'All of them, at least one: what is not here is taken away.',
  })
  @ArrayNotEmpty()
  @ArrayMaxSize(10)
  roles!: Role[];

  @Field(() => [ID], {
    nullable: true,
    description: 'The cafés a barista or manager works at. Left out, they stay as they are.',
  })
  @ArrayMaxSize(200)
  @Length(1, 100, { each: true })
  cafeIds?: string[] | null;
}
