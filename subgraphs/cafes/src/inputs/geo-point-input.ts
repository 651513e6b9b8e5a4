import { Max, Min } from 'class-validator';
import { Field, Float, InputType } from 'type-graphql';

@InputType({ description: 'A place on the earth (WGS 84).' })
export class GeoPointInput {
  @Field(() => Float, { description: 'Degrees north, -90 to 90.' })
  @Min(-90)
  @Max(90)
  latitude!: number;

  @Field(() => Float, { description: 'Degrees east, -180 to 180.' })
  @Min(-180)
  @Max(180)
  longitude!: number;
}
