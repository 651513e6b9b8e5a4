import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { Entity } from 'typeorm';
import { BooleanColumn, InstantColumn, JsonColumn, KeyColumn, StringColumn } from '@crema/kit';
import type { Role } from './role.ts';

/** Fields that belong to the person are resolved in `UserResolver`, which asks who is asking. */
@Directive('@key(fields: "id")')
@ObjectType({ description: 'People, how they prove who they are, and what they may do.' })
@Entity('users')
export class User {
  @Field(() => ID, { description: 'Stays for ever.' })
  @KeyColumn()
  id!: string;

  @Field(() => String, { description: 'What they are called.' })
  @StringColumn(100)
  name!: string;

  /** The name in lower case: what lists are ordered by and searched in. */
  @StringColumn(200, { name: 'name_key' })
  nameKey!: string;

  /** Normalised; unique. */
  @StringColumn(254)
  email!: string;

  /** E.164. */
  @StringColumn(16, { nullable: true })
  phone!: string | null;

  /** BCP 47. */
  @StringColumn(35, { nullable: true })
  locale!: string | null;

  /** PHC text of argon2id. */
  @StringColumn(200, { name: 'password_hash' })
  passwordHash!: string;

  @JsonColumn()
  roles!: Role[];

  /** Identifiers of cafés. An admin works everywhere, whatever stands here. */
  @JsonColumn()
  workplaces!: string[];

  /** Whether ADMIN is among the roles, for the database to find. */
  @BooleanColumn({ name: 'is_admin' })
  isAdmin!: boolean;

  @InstantColumn({ name: 'created_at' })
  createdAt!: Date;
}
