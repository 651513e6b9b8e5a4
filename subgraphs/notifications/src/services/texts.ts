import type { MoneyData } from '@crema/schema/events';
import type { NotificationKind } from '../entities/notification-kind.ts';
import { english } from './english.ts';

export interface Text {
  readonly title: string;
  readonly body: string;
}

interface OrderFacts {
  readonly number: string;
  /** Null while the café's name is not known. */
  readonly cafe: string | null;
}

/** What each kind's text is made of. */
export interface Facts extends Record<NotificationKind, object> {
  ORDER_CONFIRMED: OrderFacts & { readonly total: MoneyData };
  ORDER_READY: OrderFacts;
  ORDER_REJECTED: OrderFacts & { readonly message: string };
  ORDER_CANCELLED: OrderFacts & { readonly message: string };
  ORDER_REFUNDED: { readonly amount: MoneyData };
  WALLET_FUNDED: { readonly amount: MoneyData };
  TRANSFER_RECEIVED: {
    readonly amount: MoneyData;
    readonly sender: string | null;
    readonly note: string | null;
  };
  PASSWORD_RESET: object;
  LOW_STOCK: {
    readonly cafe: string | null;
    readonly ingredient: string;
    readonly unit: 'GRAM' | 'MILLILITRE' | 'PIECE';
    readonly available: string;
    readonly reorderPoint: string;
  };
}

/** Everything that is written to people, in one language. */
export interface Texts {
  readonly notifications: { readonly [Kind in NotificationKind]: (facts: Facts[Kind]) => Text };
  /** The e-mail alone holds the code. */
  passwordReset(code: string, minutes: number): Text;
  /** What stands around a text in an e-mail. */
  letter(name: string, body: string): string;
}

/** The texts for a BCP 47 tag. There is English so far; a language is one more file beside it. */
export const textsFor = (_locale: string | null): Texts => english;
