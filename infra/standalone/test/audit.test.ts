import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { stableId } from '@crema/kit';
import type { Crema as Client } from '@crema/sdk';
import { Kind, parse, type FieldDefinitionNode, type ObjectTypeDefinitionNode } from 'graphql';
import { PRIVILEGED } from './privileged-writes.ts';
import { ids, newCustomer, PASSWORD, startCrema, type TestCrema } from './support.ts';

/** Commands are processes of their own, which take their time to load. */
jest.setTimeout(300_000);

const ROOT = join(import.meta.dirname, '../../..');

/** `<subgraph>.<mutation>` of everything that asks for a scope, as the schema has it. */
const scopedMutations = (): string[] => {
  const supergraph = readFileSync(join(ROOT, 'schema/supergraph.graphql'), 'utf8');
  const mutations = parse(supergraph).definitions.find(
    (each): each is ObjectTypeDefinitionNode =>
      each.kind === Kind.OBJECT_TYPE_DEFINITION && each.name.value === 'Mutation',
  )!;
  const argumentOf = (field: FieldDefinitionNode, directive: string, name: string) =>
    field
      .directives!.find((each) => each.name.value === directive)
      ?.arguments!.find((each) => each.name.value === name)?.value;
  return mutations.fields!.flatMap((field) => {
    if (!argumentOf(field, 'requiresScopes', 'scopes')) return [];
    const graph = argumentOf(field, 'join__field', 'graph');
    if (graph?.kind !== Kind.ENUM) throw new Error(`${field.name.value} has no owner`);
    return [`${graph.value.toLowerCase()}.${field.name.value}`];
  });
};

interface Entry {
  readonly action: string;
  readonly target: string;
  readonly at: string;
  readonly hash: string;
  readonly actor: { readonly id: string } | null;
}

let folder: string;
let test: TestCrema;
let customer: Client;
let token: string | null = null;

/** The answer's data; fails when anything is wrong with it. */
async function ask<Data = Record<string, unknown>>(query: string): Promise<Data> {
  const response = await fetch(test.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token !== null && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ query }),
  });
  const { data, errors } = (await response.json()) as { data: Data; errors?: unknown };
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}

async function signIn(): Promise<void> {
  token = null;
  const input = `{ email: "admin@crema.test", password: "${PASSWORD}" }`;
  const query = `mutation { adminSignIn(input: ${input}) { accessToken } }`;
  const { adminSignIn } = await ask<{ adminSignIn: { accessToken: string } }>(query);
  token = adminSignIn.accessToken;
}

async function entriesOf(action: string): Promise<Entry[]> {
  await test.crema.settle();
  const { auditLog } = await ask<{ auditLog: { nodes: Entry[] } }>(
    `{ auditLog(first: 100, action: "${action}") { nodes { action target at hash actor { id } } } }`,
  );
  return auditLog.nodes;
}

const verify = async (...parameters: string[]) => {
  const main = ['--conditions=source', '--import', 'tsx', 'infra/operations/src/verify-audit.ts'];
  const options = { cwd: ROOT, env: { ...process.env, DATABASE_URL: '', DATA_DIR: folder } };
  const run = promisify(execFile)(process.execPath, [...main, ...parameters], options);
  return run.then(
    ({ stdout }) => ({ code: 0, output: stdout }),
    (error: { code: number; stdout: string; stderr: string }) => ({
      code: error.code,
      output: error.stdout + error.stderr,
    }),
  );
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'crema-audit-'));
  test = await startCrema({ DATA_DIR: folder });
  customer = await newCustomer(test.url, '500.00');
  await signIn();
});

afterAll(async () => {
  await customer.close();
  await test.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('the audit log', () => {
  it('is written by every mutation that asks for a scope: the schema names none that is not done here', () => {
    expect(Object.keys(PRIVILEGED).sort()).toEqual(scopedMutations().sort());
  });

  it.each(Object.keys(PRIVILEGED))('has who did %s, on what and when', async (action) => {
    const { mutation, target } = await PRIVILEGED[action]!({ crema: test.crema, customer, ask });
    const before = await entriesOf(action);
    const answer = await ask(`mutation { ${mutation} { userErrors { code message field } } }`);
    const [payload] = Object.values(answer);
    expect(payload).toEqual({ userErrors: [] });

    const fresh = (await entriesOf(action)).slice(
      0,
      before.length > 0 ? -before.length : undefined,
    );
    expect(fresh).toEqual([
      {
        action,
        target: expect.stringMatching(target),
        at: expect.any(String),
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
        actor: { id: stableId('user/admin@crema.test') },
      },
    ]);
  });

  it('has nothing of what was refused', async () => {
    const before = await entriesOf('inventory.recordWaste');
    const milk = stableId('ingredient/whole-milk');
    const input = `{ idempotencyKey: "no", cafeId: "${ids.astoria}", ingredientId: "${milk}", quantity: "999999999" }`;
    const { recordWaste } = await ask(
      `mutation { recordWaste(input: ${input}) { userErrors { code } } }`,
    );
    expect(recordWaste).toMatchObject({ userErrors: [{ code: expect.any(String) }] });
    expect(await entriesOf('inventory.recordWaste')).toEqual(before);
  });
});

describe('npm run audit:verify', () => {
  it('follows the chain while Crema runs, and knows a head that was kept', async () => {
    await test.crema.settle();
    const { code, output } = await verify();
    expect([code, output]).toEqual([0, expect.stringContaining('is what its history says')]);
    const head = /Head: ([0-9a-f]{64})\n/.exec(output)![1]!;
    expect((await entriesOf('accounts.setRoles')).length).toBeGreaterThan(0);

    await signIn();
    await test.crema.settle();
    const later = await verify('--head', head);
    expect(later.code).toBe(0);
    expect(later.output).toMatch(/The head that was kept is entry \d+\./);
    expect(later.output).not.toContain(`Head: ${head}`);
  });

  it('ends with code 1 for a head that is not there, and says how to give one', async () => {
    const unknown = await verify('--head', 'f'.repeat(64));
    expect(unknown.code).toBe(1);
    expect(unknown.output).toContain(`no entry has the hash ${'f'.repeat(64)}`);
    const wrong = await verify('--haed');
    expect([wrong.code, wrong.output]).toEqual([1, expect.stringContaining('-- --head HASH')]);
  });
});
