import { z } from 'zod';
import { nearestTo } from './names.ts';

/** A value of several parts, written as JSON. What is wrong in it is told by its path. */
export const structured = <Structure extends z.ZodType>(structure: Structure) =>
  z
    .string()
    .transform((text, context): z.output<Structure> => {
      const fail = (message: string): never => {
        context.addIssue({ code: 'custom', message });
        return z.NEVER;
      };
      let value: unknown;
      try {
        value = JSON.parse(text);
      } catch {
        return fail('must be JSON');
      }
      const result = structure.safeParse(value);
      return result.success ? result.data : fail(wrongIn(structure, result.error));
    })
    .meta({ structure });

/** All that is wrong in a value, each with where. */
function wrongIn(structure: z.ZodType, { issues }: z.ZodError): string {
  const told = issues.flatMap((issue) => {
    const { code, path, message } = issue;
    if (code !== 'unrecognized_keys') return `${textOf(path)} ${message}`.trim();
    const known = keysAt(structure, path);
    return issue.keys.map((key) => {
      const nearest = nearestTo(key, known) ?? known.join(', ');
      return `${textOf([...path, key])} is no key; did you mean ${nearest}?`;
    });
  });
  return told.join('; ');
}

const textOf = (path: readonly PropertyKey[]): string =>
  path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');

/** The keys that there may be at a path. */
function keysAt(structure: z.ZodType, path: readonly PropertyKey[]): readonly string[] {
  let schema = z.toJSONSchema(structure, { io: 'input', unrepresentable: 'any' });
  for (const part of path) {
    const next =
      typeof part === 'number'
        ? schema.items
        : (schema.properties?.[String(part)] ?? schema.additionalProperties);
    if (typeof next !== 'object' || Array.isArray(next)) return [];
    schema = next as typeof schema;
  }
  return Object.keys(schema.properties ?? {});
}
