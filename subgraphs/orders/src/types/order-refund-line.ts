import { Field, Int, ObjectType } from 'type-graphql';
import { OrderLine } from '../entities/order-line.ts';

@ObjectType({ description: 'Pieces of a line that are given back.' })
export class OrderRefundLine {
  @Field(() => OrderLine, { description: 'The line.' })
  line!: OrderLine;

  @Field(() => Int, { description: 'How many of its pieces.' })
  quantity!: number;
}
