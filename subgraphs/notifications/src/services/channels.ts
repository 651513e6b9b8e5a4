import { Channel } from '../entities/channel.ts';
import { NotificationKind } from '../entities/notification-kind.ts';

const { IN_APP, EMAIL, SMS } = Channel;

/** What somebody gets who has chosen nothing. A text message needs a phone number besides. */
const DEFAULTS: Readonly<Record<NotificationKind, readonly Channel[]>> = {
  ORDER_CONFIRMED: [IN_APP, EMAIL],
  ORDER_READY: [IN_APP, EMAIL, SMS],
  ORDER_REJECTED: [IN_APP, EMAIL],
  ORDER_CANCELLED: [IN_APP, EMAIL],
  ORDER_REFUNDED: [IN_APP, EMAIL],
  WALLET_FUNDED: [IN_APP, EMAIL],
  TRANSFER_RECEIVED: [IN_APP, EMAIL],
  PASSWORD_RESET: [EMAIL],
  LOW_STOCK: [IN_APP, EMAIL],
};

export const KINDS = Object.values(NotificationKind);

export const defaultChannels = (kind: NotificationKind): readonly Channel[] => DEFAULTS[kind];

/** Whoever lost the password must get the code, and nobody may redirect it. */
export const canBeChosen = (kind: NotificationKind): boolean =>
  kind !== NotificationKind.PASSWORD_RESET;
