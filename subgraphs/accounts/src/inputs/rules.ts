/** What several inputs ask of a field. */

/** RFC 5321 allows 254; what surrounds it is trimmed. */
export const LONGEST_EMAIL = 320;

export const SHORTEST_PASSWORD = 12;
/** Longer ones would only cost time to hash. */
export const LONGEST_PASSWORD = 200;

/** From 1 to 100 characters between the spaces around it, none of which is a control character. */
export const PERSON_NAME = /^\s*(?=\S)[^\p{Cc}\p{Zl}\p{Zp}]{1,100}$/u;
export const PERSON_NAME_MESSAGE =
  'name must have 1 to 100 characters, none of them a control character';

/** A tag is shorter; what is longer is not even looked at. */
export const LONGEST_LOCALE = 100;

export const E164 = /^\+[1-9]\d{6,14}$/;
export const E164_MESSAGE = 'phone must be in international format, such as +12125550101';
