import { refused } from '@crema/kit';

/** RFC 5646 tells that 35 characters hold all but the most unusual tags. */
const LONGEST_TAG = 35;

/** A language tag in its canonical spelling: `ES-mx` is `es-MX`; null for none. Refuses what is no tag. */
export function readLocale(text: string | null | undefined): string | null {
  if (text === null || text === undefined) return null;
  try {
    const locale = new Intl.Locale(text);
    const tag = locale.toString();
    // Longer languages are well formed, but there are none: `english` is no tag.
    if (tag.length <= LONGEST_TAG && locale.language.length <= 3) return tag;
  } catch {
    // It is no tag at all.
  }
  throw refused('INVALID_INPUT', 'locale must be a BCP 47 language tag, such as en or es-MX.', [
    'locale',
  ]);
}
