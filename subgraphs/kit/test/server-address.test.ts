import { addressOf } from '../src/database/server-address.ts';

describe("a database's URL", () => {
  it('names host, user, database and how many connections', () => {
    const url = 'mysql://crema:p%40ss@db.example:3307/crema_orders?writers=20&readers=10&ssl=true';
    expect(addressOf(url)).toEqual({
      address: {
        host: 'db.example',
        port: 3307,
        username: 'crema',
        password: 'p@ss',
        database: 'crema_orders',
        ssl: true,
      },
      writers: 20,
      readers: 10,
      where: 'mysql://db.example:3307/crema_orders',
    });
  });

  it('needs no more than host and database', () => {
    const { address, writers, readers } = addressOf('postgres://db/crema');
    expect(address).toMatchObject({ host: 'db', port: undefined, database: 'crema', ssl: false });
    expect([writers, readers]).toEqual([8, 4]);
  });

  it('leaves connections to read with beside those that carry and lock', () => {
    expect(addressOf('postgres://db/crema?readers=1').readers).toBe(3);
  });

  it.each([
    ['postgres://ada:secret@db', 'names no database'],
    ['postgres://ada:secret@db/crema?pool=5', 'has a parameter pool'],
    ['postgres://ada:secret@db/crema?writers=0', 'writers must be 1 or more'],
    ['postgres://ada:secret@db/crema?readers=many', 'readers must be 1 or more'],
  ])('is refused with what is wrong and without the password: %s', (url, message) => {
    expect(() => addressOf(url)).toThrow(message);
    expect(() => addressOf(url)).not.toThrow('secret');
  });
});
