import { validateSync, type ValidationError } from 'class-validator';
import { problem, Refusal, type Problem } from './errors.ts';

function* problemsOf(
  errors: readonly ValidationError[],
  path: readonly string[],
): Generator<Problem> {
  for (const { property, constraints = {}, children = [] } of errors) {
    const field = [...path, property];
    for (const message of Object.values(constraints)) {
      yield problem('INVALID_INPUT', `${message[0]!.toUpperCase()}${message.slice(1)}.`, field);
    }
    yield* problemsOf(children, field);
  }
}

/** Where a text has a character that PostgreSQL cannot keep, and nobody types. */
function* withNul(value: unknown, path: readonly string[]): Generator<Problem> {
  if (typeof value === 'string') {
    if (!value.includes('\0')) return;
    yield problem('INVALID_INPUT', 'Text must not contain the character U+0000.', path);
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, each] of Object.entries(value)) yield* withNul(each, [...path, name]);
  }
}

/**
 * Checks an argument: no text in it has a NUL, and an input object keeps its class's class-validator rules.
 * Refuses with every problem at once.
 */
export function validateInput(input: unknown): void {
  const problems = [...withNul(input, [])];
  if (
    typeof input === 'object' &&
    input !== null &&
    Object.getPrototypeOf(input) !== Object.prototype
  ) {
    const options = { forbidUnknownValues: false, skipMissingProperties: true };
    problems.push(...problemsOf(validateSync(input, options), []));
  }
  if (problems.length > 0) throw new Refusal(problems);
}
