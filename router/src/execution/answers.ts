import type { GraphQLFormattedError } from 'graphql';
import type { Answer } from './run.ts';

/** The answer when nothing of an operation is carried out. */
export function refusedAnswer(errors: readonly GraphQLFormattedError[]): Answer {
  return { json: JSON.stringify({ errors, data: null }), cookies: [] };
}

/** Whether an answer of ours tells errors; they come first in its text, so that nobody has to read all of it. */
export const hasErrors = ({ json }: Pick<Answer, 'json'>): boolean => json.startsWith('{"errors":');

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
