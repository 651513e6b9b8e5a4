import { stableId, type Database } from '@crema/kit';
import { Role } from './entities/role.ts';
import { User } from './entities/user.ts';
import type { SetRoles } from './services/set-roles.ts';
import type { SignUp } from './services/sign-up.ts';

const ASTORIA = stableId('cafe/astoria');
const ALL_CAFES = [ASTORIA, stableId('cafe/hells-kitchen'), stableId('cafe/lower-manhattan')];

const { CUSTOMER, BARISTA, MANAGER, ADMIN } = Role;

const PEOPLE = [
  {
    email: 'customer@crema.test',
    name: 'Camila Torres',
    phone: '+12125550101',
    roles: [CUSTOMER],
    workplaces: [],
  },
  {
    email: 'barista@crema.test',
    name: 'Ben Okafor',
    phone: '+12125550102',
    roles: [CUSTOMER, BARISTA],
    workplaces: [ASTORIA],
  },
  {
    email: 'manager@crema.test',
    name: 'Mina Park',
    phone: '+12125550103',
    roles: [CUSTOMER, BARISTA, MANAGER],
    workplaces: ALL_CAFES,
  },
  {
    email: 'admin@crema.test',
    name: 'Ada Rossi',
    phone: '+12125550104',
    roles: [CUSTOMER, BARISTA, MANAGER, ADMIN],
    workplaces: [],
  },
];

/** One person of each role. Their cafés are told of by another subgraph's demo, maybe later. */
export async function loadDemo(
  database: Database,
  signUp: SignUp,
  setRoles: SetRoles,
  password: string,
): Promise<void> {
  const known = await database.findMany(
    User,
    PEOPLE.map(({ email }) => email),
    { by: 'email' },
  );
  const missing = PEOPLE.filter(({ email }) => !known.some((user) => user.email === email));
  const users = await Promise.all(
    missing.map(async ({ roles, workplaces, ...person }) => ({
      user: await signUp.newUser(stableId(`user/${person.email}`), { ...person, password }),
      roles,
      workplaces,
    })),
  );
  await database.transaction(async (tx) => {
    for (const { user, roles, workplaces } of users) {
      await signUp.register(tx, user);
      if (roles.length > 1) await setRoles.apply(tx, user, roles, workplaces);
    }
  });
}
