import { accounts } from '@crema/accounts';
import { analytics } from '@crema/analytics';
import { cafes } from '@crema/cafes';
import { inventory } from '@crema/inventory';
import type { SubgraphDefinition } from '@crema/kit';
import { menu } from '@crema/menu';
import { notifications } from '@crema/notifications';
import { orders } from '@crema/orders';
import { wallet } from '@crema/wallet';

/** Every subgraph of Crema; who is loaded first has its demo data first. */
export const subgraphs = [
  accounts,
  cafes,
  menu,
  inventory,
  wallet,
  orders,
  notifications,
  analytics,
] as readonly SubgraphDefinition[];
