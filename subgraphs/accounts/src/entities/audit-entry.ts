import { Field, ID, ObjectType } from 'type-graphql';
import { Entity } from 'typeorm';
import { DateTime, InstantColumn, KeyColumn, StringColumn, TextColumn } from '@crema/kit';

/** Never changed and never deleted: the database refuses it. */
@ObjectType({ description: 'One use of a right that customers do not have.' })
@Entity('audit_entries')
export class AuditEntry {
  /** The id of the event that told of it. */
  @Field(() => ID, { description: 'Stays for ever.' })
  @KeyColumn()
  id!: string;

  @Field(() => DateTime, { description: 'When it was done.' })
  @InstantColumn()
  at!: Date;

  @StringColumn(100, { name: 'actor_id' })
  actorId!: string;

  @Field(() => String, { description: 'What was done: `<subgraph>.<mutation>`.' })
  @StringColumn(100)
  action!: string;

  @Field(() => String, { description: 'On what it was done: `<Type>:<id>`.' })
  @StringColumn(200)
  target!: string;

  @Field(() => String, { nullable: true, description: 'More, for people to read.' })
  @TextColumn({ nullable: true })
  details!: string | null;
}
