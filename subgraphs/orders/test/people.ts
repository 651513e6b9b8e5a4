import { stableId, type CallerClaims } from '@crema/kit';

export const ASTORIA = stableId('cafe/astoria');
export const HARLEM = stableId('cafe/harlem');

const STAFF_SCOPES = 'queue:work stock:read orders:read';
export const ann: CallerClaims = { sub: 'ann', roles: ['CUSTOMER'] };
export const bob: CallerClaims = { sub: 'bob', roles: ['CUSTOMER'] };
export const barista: CallerClaims = {
  sub: 'barista',
  roles: ['BARISTA'],
  scope: STAFF_SCOPES,
  workplaces: [ASTORIA],
};
export const baristaElsewhere: CallerClaims = { ...barista, sub: 'other', workplaces: [HARLEM] };
export const manager: CallerClaims = {
  ...barista,
  sub: 'manager',
  scope: `${STAFF_SCOPES} orders:refund`,
};
export const admin: CallerClaims = { ...manager, sub: 'admin', workplaces: ['*'] };
