import { closeTestSubgraphs } from '@crema/kit/testing';
import { OrderClosed, OrderConfirmed } from '@crema/schema/events';
import { NotificationKind } from '../src/entities/notification-kind.ts';
import { languageOf, type Facts } from '../src/services/texts.ts';
import { ada, ASTORIA, createTestNotifications, usd } from './support.ts';

afterEach(closeTestSubgraphs);

const order = { number: 'A-17', cafe: 'Astoria' };
const closed = {
  ...order,
  reason: 'CANCELLED_BY_CAFE' as const,
  detail: 'The oven is cold.',
  message: 'Sorry, the café had to cancel your order: The oven is cold. You have not been charged.',
  wasPaid: false,
};

const FACTS: Facts = {
  ORDER_CONFIRMED: { ...order, total: usd(123_456), pickupAt: null, timeZone: null },
  ORDER_READY: order,
  ORDER_REJECTED: closed,
  ORDER_CANCELLED: closed,
  ORDER_REFUNDED: { amount: usd(150) },
  WALLET_FUNDED: { amount: usd(2_000) },
  TRANSFER_RECEIVED: { amount: usd(500), sender: 'Bob', note: 'for coffee' },
  PASSWORD_RESET: {},
  LOW_STOCK: {
    cafe: 'Astoria',
    ingredient: 'Oat milk',
    unit: 'MILLILITRE',
    available: '1500.5',
    reorderPoint: '2000',
  },
};

const KINDS = Object.values(NotificationKind);

describe('the texts', () => {
  it.each(KINDS)('of %s differ by language, and all of them hold what is to be told', (kind) => {
    const [english, spanish] = ['en', 'es'].map((tag) => languageOf(tag).write(kind, FACTS[kind]));
    expect(spanish).not.toEqual(english);
    for (const { title, body } of [english!, spanish!]) {
      expect(`${title} ${body}`).not.toMatch(/undefined|null|NaN|\[object/);
      if ('number' in FACTS[kind]) expect(title).toContain('A-17');
      if ('cafe' in FACTS[kind]) expect(body).toContain('Astoria');
    }
  });

  it.each([
    ['es-MX', 'es-MX'],
    ['es', 'es'],
    ['ES-419', 'es-419'],
    ['en-GB', 'en-GB'],
    ['en-US-u-nu-arab', 'en-US'],
    ['fr-CA', 'en-US'],
    ['no tag', 'en-US'],
    ['', 'en-US'],
    ['constructor', 'en-US'],
    [null, 'en-US'],
  ])('for %j are those of %s', (tag, locale) => {
    expect(languageOf(tag).locale).toBe(locale);
  });

  it('write money, quantities and times as people do there', () => {
    const facts = {
      ...FACTS.ORDER_CONFIRMED,
      // The night before, clocks in New York went forward.
      pickupAt: '2026-03-08T15:30:00.000Z',
      timeZone: 'America/New_York',
    };
    const bodyIn = (tag: string) =>
      languageOf(tag).write('ORDER_CONFIRMED' as NotificationKind.ORDER_CONFIRMED, facts).body;
    const plain = (text: string) => text.replace(/[\u00A0\u202F]/g, ' ');
    expect(plain(bodyIn('en-US'))).toBe(
      'Your order A-17 at Astoria is confirmed and $1,234.56 is paid. Pick it up on Sunday, March 8 at 11:30 AM; you will hear from us when it is ready.',
    );
    expect(plain(bodyIn('es-ES'))).toContain(
      'has pagado 1234,56 US$. Recógelo el domingo, 8 de marzo, 11:30;',
    );
    expect(plain(bodyIn('es-US'))).toContain('has pagado $1,234.56.');
    const unknown = languageOf('en').write(NotificationKind.ORDER_CONFIRMED, {
      ...facts,
      timeZone: null,
    });
    expect(plain(unknown.body)).toContain('March 8 at 3:30 PM UTC');
    expect(plain(languageOf('en').write(NotificationKind.LOW_STOCK, FACTS.LOW_STOCK).body)).toBe(
      '1,500.5 mL of Oat milk left at Astoria; the reorder point is 2,000 mL.',
    );
    const pieces = { ...FACTS.LOW_STOCK, unit: 'PIECE' as const, available: '1' };
    expect(languageOf('es').write(NotificationKind.LOW_STOCK, pieces).body).toBe(
      'Existencias de Oat milk en Astoria: 1 unidad; el punto de pedido es 2000 unidades.',
    );
  });

  it.each([
    'OUT_OF_STOCK',
    'INSUFFICIENT_FUNDS',
    'CAFE_CLOSED',
    'CANCELLED_BY_CUSTOMER',
    'CANCELLED_BY_CAFE',
    'TIMED_OUT',
    'NOT_COLLECTED',
  ] as const)('say in Spanish why an order ended: %s', (reason) => {
    const facts = { ...closed, reason, detail: null };
    const { body } = languageOf('es').write(NotificationKind.ORDER_CANCELLED, facts);
    expect(body).toMatch(/^Tu pedido A-17 en Astoria se ha cancelado\. [A-ZÁÉÍÓÚ].+\.$/);
    expect(body).not.toContain('Sorry');
  });
});

describe('a language', () => {
  it('is chosen by who reads: in the app, by e-mail and by text message', async () => {
    const test = await createTestNotifications();
    await test.openCafe();
    await test.signUp('ada', { locale: 'es-MX', phone: '+15550100' });
    await test.signUp('bob', { locale: 'fr' });
    await test.ready('ada');
    await test.deposit('ada');
    await test.deposit('bob');
    await test.sendDue();
    const titles = (await test.see(ada)).notifications!.nodes.map(({ title }) => title).sort();
    expect(titles).toEqual([
      'El pedido A-17 está listo',
      expect.stringMatching(/20\.00 más en tu/),
    ]);
    expect((await test.outbox('+15550100'))[0]!.text).toBe(
      'Tu pedido A-17 está listo para recoger en Astoria.',
    );
    const [mail] = await test.outbox('ada@crema.test');
    expect(mail!.text).toMatch(/^Hola, Ada:\n\n/);
    expect((await test.outbox('bob@crema.test'))[0]!.text).toMatch(/^Hello Bob,\n\nYour deposit/);
  });

  it('that changes is for what comes: what was written stays, with its e-mail', async () => {
    const test = await createTestNotifications({ providers: [] });
    await test.signUp('ada', { locale: 'es' });
    await test.deposit('ada');
    await test.change('ada', { locale: 'en' });
    await test.confirm('ada');
    const titles = (await test.see(ada)).notifications!.nodes.map(({ title }) => title).sort();
    expect(titles).toEqual(
      ['20,00 US$ más en tu monedero', 'Order A-17 is confirmed'].map((title) =>
        title.replace('0 U', '0\u00A0U'),
      ),
    );
    await test.change('ada', {});
    await test.deposit('ada');
    expect((await test.see(ada)).notifications!.nodes).toHaveLength(3);
  });

  it('has the pickup time of the café, and what the café had to say', async () => {
    const test = await createTestNotifications();
    await test.openCafe();
    await test.signUp('ada', { locale: 'es' });
    const at = test.clock.now().toISOString();
    const common = { cafeId: ASTORIA, customerId: 'ada', number: 'B-2', at };
    await test.tell(OrderConfirmed, 'order-b2', {
      ...common,
      lines: [],
      amounts: { subtotal: usd(400), tax: usd(25), tip: usd(0), total: usd(425) },
      placedAt: at,
      pickupAt: '2026-07-01T16:45:00.000Z',
    });
    await test.tell(OrderClosed, 'order-b2', {
      ...common,
      status: 'CANCELLED',
      reason: 'CANCELLED_BY_CAFE',
      message: 'Sorry, the café had to cancel your order: se fue la luz. Your money is on its way.',
      detail: 'se fue la luz!',
      wasConfirmed: true,
      refundDue: true,
      total: usd(425),
    });
    const bodies = (await test.see(ada)).notifications!.nodes.map(({ body }) => body).sort();
    expect(bodies).toEqual([
      expect.stringContaining('Recógelo el miércoles, 1 de julio, 12:45;'),
      'Tu pedido B-2 en Astoria se ha cancelado. Lo sentimos: la cafetería ha tenido que cancelarlo (se fue la luz). Te estamos devolviendo el dinero a tu monedero.',
    ]);
  });
});
