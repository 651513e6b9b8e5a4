import type { MoneyData } from '@crema/schema/events';
import { LRUCache } from 'lru-cache';
import type { NotificationKind } from '../entities/notification-kind.ts';
import { english } from './english.ts';
import { formatsFor, type Formats, type Unit } from './formats.ts';
import { oneLined } from './one-line.ts';
import { spanish } from './spanish.ts';

export interface Text {
  readonly title: string;
  readonly body: string;
}

interface OrderFacts {
  readonly number: string;
  /** Null while the café's name is not known. */
  readonly cafe: string | null;
}

export type ClosedReason =
  | 'OUT_OF_STOCK'
  | 'INSUFFICIENT_FUNDS'
  | 'CAFE_CLOSED'
  | 'CANCELLED_BY_CUSTOMER'
  | 'CANCELLED_BY_CAFE'
  | 'TIMED_OUT'
  | 'NOT_COLLECTED';

interface ClosedFacts extends OrderFacts {
  readonly reason: ClosedReason;
  /** What the one who ended it had to say, or what is missing, in their words; null when there is none. */
  readonly detail: string | null;
  readonly wasPaid: boolean;
  /** All of that in English, as orders shows it. */
  readonly message: string;
}

/** What each kind's text is made of. Texts in it may be anybody's. */
export interface Facts extends Record<NotificationKind, object> {
  ORDER_CONFIRMED: OrderFacts & {
    readonly total: MoneyData;
    /** ISO 8601; null for as soon as possible. */
    readonly pickupAt: string | null;
    /** The café's; null while it is not known. */
    readonly timeZone: string | null;
  };
  ORDER_READY: OrderFacts;
  ORDER_REJECTED: ClosedFacts;
  ORDER_CANCELLED: ClosedFacts;
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
    readonly unit: Unit;
    readonly available: string;
    readonly reorderPoint: string;
  };
}

/** Everything that is written to people, in one language. */
export interface Texts {
  readonly notifications: { readonly [Kind in NotificationKind]: (facts: Facts[Kind]) => Text };
  /** The e-mail alone holds the code. */
  passwordReset(code: string, minutes: number): Text;
  /** How an e-mail begins. */
  greeting(name: string): string;
}

/** A language is one of these: a file beside `english.ts`, and its line here. */
const LANGUAGES: Readonly<Record<string, (formats: Formats) => Texts>> = {
  en: english,
  es: spanish,
};

const DEFAULT_LOCALE = 'en-US';

/** A language as it is written in one place. */
export interface Language extends Omit<Texts, 'notifications'> {
  /** BCP 47: what it is written in. */
  readonly locale: string;
  write<Kind extends NotificationKind>(kind: Kind, facts: Facts[Kind]): Text;
}

const languages = new LRUCache<string, Language>({ max: 100 });

/**
 * What people of this BCP 47 tag are written in: its language with its place's money and times, or English where
 * there are no texts of that language, or it is no tag. `es-MX` is Spanish as in Mexico, `fr-CA` is English.
 */
export function languageOf(tag: string | null): Language {
  const locale = localeOf(tag);
  let language = languages.get(locale);
  if (!language) {
    const { notifications, ...texts } = LANGUAGES[new Intl.Locale(locale).language]!(
      formatsFor(locale),
    );
    language = {
      ...texts,
      locale,
      write: (kind, facts) => notifications[kind](oneLined(facts)),
    };
    languages.set(locale, language);
  }
  return language;
}

function localeOf(tag: string | null): string {
  try {
    const { language, baseName } = new Intl.Locale(tag ?? DEFAULT_LOCALE);
    return language in LANGUAGES ? baseName : DEFAULT_LOCALE;
  } catch {
    return DEFAULT_LOCALE;
  }
}
