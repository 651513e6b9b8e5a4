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

/** Checks an input object by its class's class-validator rules; refuses with every problem at once. */
export function validateInput(input: unknown): void {
  if (
    typeof input !== 'object' ||
    input === null ||
    Object.getPrototypeOf(input) === Object.prototype
  ) {
    return;
  }
  const errors = validateSync(input, { forbidUnknownValues: false, skipMissingProperties: true });
  if (errors.length > 0) throw new Refusal([...problemsOf(errors, [])]);
}
