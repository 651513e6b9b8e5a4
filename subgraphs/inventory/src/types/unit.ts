import { registerEnumType } from 'type-graphql';

export enum Unit {
  GRAM = 'GRAM',
  MILLILITRE = 'MILLILITRE',
  PIECE = 'PIECE',
}

registerEnumType(Unit, {
  name: 'Unit',
  description: 'What an ingredient is measured in.',
  valuesConfig: {
    GRAM: { description: 'Weight in grams.' },
    MILLILITRE: { description: 'Volume in millilitres.' },
    PIECE: { description: 'Whole pieces.' },
  },
});
