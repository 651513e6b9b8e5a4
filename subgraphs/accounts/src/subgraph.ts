import type { JSONWebKeySet } from 'jose';
import {
  createSchema,
  createSeal,
  type RelationalDefinition,
  type Subgraph,
  type SubgraphDeps,
} from '@crema/kit';
import { readConfig, settings, type AccountsConfig } from './config.ts';
import { loadDemo } from './demo.ts';
import { AuditEntry } from './entities/audit-entry.ts';
import { AuditHead } from './entities/audit-head.ts';
import { KnownCafe } from './entities/known-cafe.ts';
import { PasswordReset } from './entities/password-reset.ts';
import { RefreshToken } from './entities/refresh-token.ts';
import { Session } from './entities/session.ts';
import { SigningKey } from './entities/signing-key.ts';
import { User } from './entities/user.ts';
import { keepAudit } from './events/audit.ts';
import { keepCafes } from './events/cafes.ts';
import { AccountsTables1700000000001 } from './migrations/accounts-tables.ts';
import { AuditChain1700000000002 } from './migrations/audit-chain.ts';
import { UserLocale1700000000003 } from './migrations/user-locale.ts';
import { AuditResolver } from './resolvers/audit-resolver.ts';
import { keySetRoute } from './resolvers/key-set-route.ts';
import { PasswordResolver } from './resolvers/password-resolver.ts';
import { references } from './resolvers/references.ts';
import { SessionCookie } from './resolvers/session-cookie.ts';
import { SessionResolver } from './resolvers/session-resolver.ts';
import { UserResolver } from './resolvers/user-resolver.ts';
import { AccessTokens } from './services/access-tokens.ts';
import { AuditTrail } from './services/audit-trail.ts';
import { ChangePassword } from './services/change-password.ts';
import { EndSession } from './services/end-session.ts';
import { makeFirstAdmin } from './services/first-admin.ts';
import { KeyRing } from './services/key-ring.ts';
import { limitsOf } from './services/limits.ts';
import { Passwords } from './services/passwords.ts';
import { RefreshSession } from './services/refresh-session.ts';
import { ResetPassword } from './services/reset-password.ts';
import { Sessions } from './services/sessions.ts';
import { SetRoles } from './services/set-roles.ts';
import { SignIn } from './services/sign-in.ts';
import { SignUp } from './services/sign-up.ts';
import { Throttle } from './services/throttle.ts';
import { UpdateProfile } from './services/update-profile.ts';
import { Users } from './services/users.ts';

export { verifyAudit, type AuditReport } from './services/verify-audit.ts';

/** Accounts also tells a host in its own process the keys that its access tokens are verified by. */
export interface Accounts extends Subgraph {
  jwks(): Promise<JSONWebKeySet>;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

async function createAccounts(
  { database, cache, clock, ids, random, log }: SubgraphDeps,
  config: AccountsConfig,
): Promise<Accounts> {
  const sealFor = (purpose: string) => createSeal(config.sealSecret, purpose, random);
  const keys = new KeyRing(
    database,
    sealFor('signing-key'),
    random,
    clock,
    log,
    config.keyRotationMs,
  );
  await keys.rotate();
  const tokens = new AccessTokens(keys, clock, ids, config.tokens);
  const passwords = await Passwords.create(random);
  const throttle = new Throttle(cache, clock);
  const limits = limitsOf(config);

  const sessions = new Sessions(database, tokens, clock, ids, random, config.sessions);
  const signUp = new SignUp(database, passwords, sessions, clock, ids);
  const signIn = new SignIn(database, passwords, sessions, throttle, limits, clock);
  const refresh = new RefreshSession(database, sessions, clock);
  const end = new EndSession(database, sessions);
  const secrets = { seal: sealFor('password-reset'), secret: config.sealSecret };
  const reset = new ResetPassword(
    database,
    passwords,
    sessions,
    throttle,
    limits,
    secrets,
    clock,
    random,
  );
  const change = new ChangePassword(database, passwords, sessions, throttle, limits);
  const setRoles = new SetRoles(database, clock);
  const users = new Users(database);
  const trail = new AuditTrail(database);
  await makeFirstAdmin(config.firstAdmin, database, signUp, setRoles, ids);

  return {
    name: 'accounts',
    schema: createSchema({
      resolvers: [
        new UserResolver(users, sessions, new UpdateProfile(database), setRoles),
        new SessionResolver(
          { signUp, signIn, refresh, end },
          new SessionCookie(config.cookieSecure),
          clock,
        ),
        new PasswordResolver(reset, change),
        new AuditResolver(trail, users),
      ],
      references: references(users),
    }),
    consumers: [keepCafes, keepAudit(trail)],
    jobs: [
      { name: 'accounts.rotate-keys', everyMs: 5 * MINUTE_MS, run: () => keys.rotate() },
      {
        name: 'accounts.remove-ended-sessions',
        everyMs: HOUR_MS,
        run: () => sessions.removeEnded(),
      },
      { name: 'accounts.remove-expired-codes', everyMs: HOUR_MS, run: () => reset.removeExpired() },
    ],
    routes: [keySetRoute(keys)],
    jwks: () => keys.published(),
    loadDemo: () => loadDemo(database, signUp, setRoles, config.demoPassword),
    close: async () => undefined,
  };
}

export const accounts: RelationalDefinition<AccountsConfig> = {
  name: 'accounts',
  storage: 'relational',
  entities: [
    AuditEntry,
    AuditHead,
    KnownCafe,
    PasswordReset,
    RefreshToken,
    Session,
    SigningKey,
    User,
  ],
  migrations: [AccountsTables1700000000001, AuditChain1700000000002, UserLocale1700000000003],
  settings,
  readConfig,
  create: createAccounts,
};
