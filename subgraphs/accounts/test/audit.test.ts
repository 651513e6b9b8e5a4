import { stableId } from '@crema/kit';
import { closeTestSubgraphs } from '@crema/kit/testing';
import { PrivilegedWriteMade } from '@crema/schema/events';
import { AuditEntry } from '../src/entities/audit-entry.ts';
import { ADMIN, BARISTA, createTestAccounts, type TestAccounts } from './support.ts';

afterEach(closeTestSubgraphs);

const write = (people: TestAccounts, index: number, change: object = {}, eventId?: string) =>
  people.test.tell(
    PrivilegedWriteMade,
    BARISTA.sub,
    {
      actorId: BARISTA.sub,
      action: 'menu.setCafePrice',
      target: `Product:${index}`,
      details: null,
      at: new Date(
        Date.parse('2026-03-02T12:00:00.000Z') + Math.floor(index / 3) * 1_000,
      ).toISOString(),
      ...change,
    },
    eventId,
  );

const LOG = `query ($first: Int, $after: String, $actorId: ID, $action: String) {
  auditLog(first: $first, after: $after, actorId: $actorId, action: $action) {
    nodes { id at actor { name email } action target details }
    edges { cursor node { target } }
    pageInfo { hasNextPage hasPreviousPage endCursor }
  }
}`;

describe('the audit log', () => {
  it('writes down once what any subgraph tells of', async () => {
    const people = await createTestAccounts({ demo: true });
    const id = stableId('told twice');
    for (let time = 0; time < 2; time++) await write(people, 1, { details: 'Latte: 4.10' }, id);

    const { nodes } = await people.do(ADMIN, LOG);
    expect(nodes).toEqual([
      {
        id,
        at: '2026-03-02T12:00:00.000Z',
        actor: { name: 'Ben Okafor', email: 'barista@crema.test' },
        action: 'menu.setCafePrice',
        target: 'Product:1',
        details: 'Latte: 4.10',
      },
    ]);
  });

  it('is read newest first, a page at a time, each entry once, in a constant number of statements', async () => {
    const people = await createTestAccounts({ demo: true });
    for (let index = 0; index < 10; index++) await write(people, index);

    const seen: string[] = [];
    let after: string | null = null;
    do {
      people.test.statements.length = 0;
      const page = await people.do(ADMIN, LOG, { first: 4, after });
      expect(people.test.statements).toHaveLength(2);
      expect(page.pageInfo.hasPreviousPage).toBe(after !== null);
      seen.push(
        ...page.nodes.map(({ at, target }: { at: string; target: string }) => `${at} ${target}`),
      );
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
    expect(seen).toHaveLength(10);
    expect(new Set(seen).size).toBe(10);
    const times = seen.map((line) => line.slice(0, 24));
    expect(times).toEqual([...times].sort().reverse());
  });

  it('is filtered by person and by action', async () => {
    const people = await createTestAccounts();
    await write(people, 1);
    await write(people, 2, { actorId: 'somebody', action: 'orders.refundOrder' });
    await write(people, 3, { action: 'orders.refundOrder' });
    const targets = async (filter: Record<string, unknown>) => {
      const { nodes } = await people.do(ADMIN, LOG, filter);
      return nodes.map(({ target }: { target: string }) => target).sort();
    };
    expect(await targets({ actorId: BARISTA.sub })).toEqual(['Product:1', 'Product:3']);
    expect(await targets({ action: 'orders.refundOrder' })).toEqual(['Product:2', 'Product:3']);
    expect(await targets({ actorId: BARISTA.sub, action: 'orders.refundOrder' })).toEqual([
      'Product:3',
    ]);
    expect(await targets({ actorId: "' OR 1=1 --" })).toEqual([]);
  });

  it('cannot be changed or deleted, not even in the database', async () => {
    const people = await createTestAccounts();
    await write(people, 1);
    const { database } = people.test.running;
    const change = database!.transaction(async (tx) =>
      (await tx.direct()).update(AuditEntry, { actorId: BARISTA.sub }, { actorId: 'nobody' }),
    );
    await expect(change).rejects.toThrow('immutable');
    const remove = database!.transaction(async (tx) =>
      (await tx.direct()).delete(AuditEntry, { actorId: BARISTA.sub }),
    );
    await expect(remove).rejects.toThrow('immutable');
  });

  it("shows an actor's contact to nobody who may not read users", async () => {
    const people = await createTestAccounts({ demo: true });
    await write(people, 1);
    const auditor = { sub: 'auditor', scope: 'audit:read' };
    const { nodes } = await people.do(auditor, LOG);
    expect(nodes[0].actor).toEqual({ name: 'Ben Okafor', email: null });
  });

  it.each([
    ['a visitor', null, 'UNAUTHENTICATED'],
    ['a barista', BARISTA, 'FORBIDDEN'],
    [
      'who may do anything else',
      { sub: 'x', scope: 'users:read users:write wallets:read', workplaces: ['*'] },
      'FORBIDDEN',
    ],
  ])('is refused to %s', async (_, caller, code) => {
    const people = await createTestAccounts();
    const { errors } = await people.ask(caller, LOG);
    expect(errors?.[0]?.extensions).toMatchObject({ code });
  });
});
