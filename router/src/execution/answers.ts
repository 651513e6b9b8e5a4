import type { GraphQLFormattedError } from 'graphql';
import type { Answer } from './run.ts';

/** The answer when nothing of an operation is carried out. */
export function refusedAnswer(errors: readonly GraphQLFormattedError[]): Answer {
  return { json: JSON.stringify({ errors, data: null }), cookies: [] };
}

/** Whether there are errors in an answer of ours, which begins with them. */
export const hasErrors = ({ json }: Answer): boolean => json.startsWith('{"errors":');

/** The answer, which is a JSON object, with those of the extensions that are there. */
export function withExtensions<T extends Answer>(
  answer: T,
  extensions: Readonly<Record<string, unknown>>,
): T {
  const isTold = Object.values(extensions).some((value) => value !== undefined);
  if (!isTold) return answer;
  const text = JSON.stringify(extensions);
  return { ...answer, json: `${answer.json.slice(0, -1)},"extensions":${text}}` };
}
