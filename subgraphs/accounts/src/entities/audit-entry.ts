import { Field, ID, ObjectType } from 'type-graphql';
import { Entity } from 'typeorm';
import {
  BigIntColumn,
  DateTime,
  InstantColumn,
  KeyColumn,
  StringColumn,
  TextColumn,
} from '@crema/kit';

/** Never changed and never deleted: the database refuses it, and the chain of hashes shows it. */
@ObjectType({ description: 'One use of a right that customers do not have.' })
@Entity('audit_chain')
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

  /** Counts from 1, without a gap, in the order in which entries were written down. */
  @BigIntColumn()
  position!: number;

  /** The hash of the entry before; zeros for the first. */
  @StringColumn(64, { name: 'previous_hash' })
  previousHash!: string;

  @Field(() => String, {
    description:
      'SHA-256 over this entry and the hash of the one before. Kept elsewhere, the newest shows later whether the log was rewritten.',
  })
  @StringColumn(64)
  hash!: string;
}
