import type { CallerClaims } from '@crema/kit';
import { Role } from '../entities/role.ts';
import type { User } from '../entities/user.ts';

const MANAGER_SCOPES = [
  'queue:work',
  'stock:read',
  'stock:write',
  'orders:read',
  'orders:refund',
  'analytics:read',
  'menu:write',
  'cafes:write',
];

/** What each role may do. A person may do what any of their roles may. */
const SCOPES: Record<Role, readonly string[]> = {
  CUSTOMER: [],
  BARISTA: ['queue:work', 'stock:read', 'orders:read'],
  MANAGER: MANAGER_SCOPES,
  ADMIN: [...MANAGER_SCOPES, 'users:read', 'users:write', 'audit:read', 'wallets:read'],
};

const EVERYWHERE = '*';

export const isStaff = ({ roles }: Pick<User, 'roles'>): boolean =>
  roles.some((role) => role !== Role.CUSTOMER);

/** Each role once, from the least to the most. */
export const inRank = (roles: readonly Role[]): Role[] =>
  Object.values(Role).filter((role) => roles.includes(role));

/** The rights that an access token carries. */
export function rightsOf({
  roles,
  workplaces,
}: Pick<User, 'roles' | 'workplaces'>): Required<
  Pick<CallerClaims, 'scope' | 'roles' | 'workplaces'>
> {
  const scopes = new Set(roles.flatMap((role) => SCOPES[role]));
  return {
    scope: [...scopes].join(' '),
    roles: [...roles],
    workplaces: roles.includes(Role.ADMIN) ? [EVERYWHERE] : [...workplaces],
  };
}
