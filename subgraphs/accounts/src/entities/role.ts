import { registerEnumType } from 'type-graphql';

/** From the least to the most. A person may have several. */
export enum Role {
  CUSTOMER = 'CUSTOMER',
  BARISTA = 'BARISTA',
  MANAGER = 'MANAGER',
  ADMIN = 'ADMIN',
}

registerEnumType(Role, {
  name: 'Role',
  description: 'What a person is to Crema; it decides what they may do.',
  valuesConfig: {
    CUSTOMER: { description: 'Orders and pays.' },
    BARISTA: { description: 'Works the queue of the cafés they work at.' },
    MANAGER: { description: 'Runs the cafés they work at: menu, stock, refunds, sales.' },
    ADMIN: { description: 'May do everything, everywhere.' },
  },
});
