import { Matches, MaxLength, type ValidationOptions } from 'class-validator';

/** One line of text for people: not blank, no control characters, at most `most` characters. */
export const Line =
  (most: number, options: ValidationOptions = {}): PropertyDecorator =>
  (target, property) => {
    const name = String(property);
    const rule = (message: string) => ({ ...options, message: `${name} ${message}` });
    MaxLength(most, options)(target, name);
    Matches(/\S/, rule('must not be blank'))(target, name);
    Matches(/^[^\p{Cc}]*$/u, rule('must be one line of text'))(target, name);
  };
