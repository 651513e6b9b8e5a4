/**
 * Characters that nobody sees but that change what others see or what a program reads: line breaks and other
 * controls, halves of characters, and those that turn the direction of writing around.
 */
const UNSEEN =
  /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/gu;

/** A text that somebody gave, as one line that can stand anywhere in another text, a mail's subject included. */
export const oneLine = (text: string): string =>
  text.replace(UNSEEN, ' ').replace(/\s+/g, ' ').trim();

/** The same for all texts of a record. */
export const oneLined = <Facts extends object>(facts: Facts): Facts =>
  Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [
      name,
      typeof value === 'string' ? oneLine(value) : (value as unknown),
    ]),
  ) as Facts;
