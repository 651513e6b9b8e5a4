import {
  MyNotifications,
  ReceiveStock,
  SetReorderPoint,
  SetRoles,
  UpdateProfile,
  WatchLowStock,
  type Crema as Client,
} from '@crema/sdk';
import {
  clientOf,
  coffee,
  ids,
  newCustomer,
  newKey,
  PASSWORD,
  place,
  scarceProduct,
  signIn,
  startCrema,
  type TestCrema,
} from './support.ts';

let test: TestCrema;
let admin: Client;

beforeAll(async () => {
  test = await startCrema();
  admin = await signIn(test.url, 'admin');
});

afterAll(async () => {
  await admin.close();
  await test.close();
});

/** Somebody who works as this at one café. */
async function staff(name: string, role: 'BARISTA' | 'MANAGER', cafeId: string): Promise<Client> {
  const email = `${name}@crema.test`;
  const guest = clientOf(test.url);
  const { user, userErrors } = await guest.session.signUp({ email, password: PASSWORD, name });
  await guest.close();
  expect(userErrors).toEqual([]);
  const input = { userId: user!.id, roles: [role], cafeIds: [cafeId] };
  expect((await admin.mutate(SetRoles, { input })).setRoles.userErrors).toEqual([]);
  await test.crema.settle();
  return signIn(test.url, name);
}

async function toldOf(client: Client, title: string): Promise<string[]> {
  await test.crema.settle();
  const { me } = await client.query(MyNotifications, { first: 100 });
  return me!
    .notifications!.nodes.filter((each) => each.title.includes(title))
    .map(({ body }) => body);
}

async function mailedTo(address: string, title: string): Promise<{ text: string; html: string }[]> {
  const url = new URL(`/dev/outbox?to=${address}`, test.url);
  const response = await fetch(url, { headers: { accept: 'application/json' } });
  const { messages } = (await response.json()) as {
    messages: { subject: string; text: string; html: string }[];
  };
  return messages.filter(({ subject }) => subject.includes(title));
}

describe('stock that is sold down to its reorder point', () => {
  it('is told to the managers of that café once for each crossing: live, in the app and by e-mail', async () => {
    const manager = await staff('low-manager', 'MANAGER', ids.lowerManhattan);
    const barista = await staff('low-barista', 'BARISTA', ids.lowerManhattan);
    const elsewhere = await staff('low-elsewhere', 'MANAGER', ids.astoria);
    await manager.mutate(UpdateProfile, { input: { locale: 'es-MX' } });
    const customer = await newCustomer(test.url, '100.00');
    const { productId, ingredientId } = await scarceProduct(test, 4);
    const level = { cafeId: ids.lowerManhattan, ingredientId };
    await admin.mutate(SetReorderPoint, { ...level, quantity: '2' });
    const live = manager.subscribe(WatchLowStock, { cafeId: ids.lowerManhattan });
    const first = live.next();

    const sell = async () => {
      const { userErrors } = await place(customer, coffee({ lines: [{ productId, quantity: 1 }] }));
      expect(userErrors).toEqual([]);
      await test.crema.settle();
    };
    await sell();
    expect(await toldOf(manager, 'Scarce')).toEqual([]);
    await sell();
    await sell();
    expect((await first).value?.lowStock).toMatchObject({ available: '2', isLow: true });
    expect(await toldOf(manager, 'Scarce')).toEqual([
      expect.stringMatching(/^Existencias de Scarce .+ en .+: 2 unidades; .+ 2 unidades\.$/),
    ]);

    const input = { idempotencyKey: newKey(), ...level, quantity: '5' };
    await admin.mutate(ReceiveStock, { input });
    const second = live.next();
    for (let sale = 0; sale < 4; sale++) await sell();
    expect((await second).value?.lowStock).toMatchObject({ available: '2' });
    expect(await toldOf(manager, 'Scarce')).toHaveLength(2);

    for (const client of [barista, elsewhere, customer, admin]) {
      expect(await toldOf(client, 'Scarce')).toEqual([]);
    }
    const mails = await mailedTo('low-manager@crema.test', 'Scarce');
    expect(mails).toHaveLength(2);
    expect(mails[0]!.text).toMatch(/^Hola, low-manager:\n\nExistencias de Scarce/);
    expect(mails[0]!.html).toContain('lang="es-MX"');
    for (const name of ['low-barista', 'low-elsewhere', 'admin', 'barista', 'customer']) {
      expect(await mailedTo(`${name}@crema.test`, 'Scarce')).toEqual([]);
    }
    await live.return?.(undefined);
    for (const client of [manager, barista, elsewhere, customer]) await client.close();
  });
});
