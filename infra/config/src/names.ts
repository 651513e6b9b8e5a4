import { distance } from 'fastest-levenshtein';
import type { z } from 'zod';
import { ConfigError } from './config-error.ts';
import type { Settings } from './settings.ts';

/** Names are taken for each other when so few characters differ, and no more than a third of all. */
const MOST_DIFFERENCES = 2;

/** What of these names is most like another one; undefined where none is much alike. */
export function nearestTo(name: string, known: readonly string[]): string | undefined {
  const most = Math.min(MOST_DIFFERENCES, Math.floor(name.length / 3));
  const byDistance = known
    .map((each) => ({ each, differences: distance(each, name) }))
    .filter(({ differences }) => differences > 0 && differences <= most)
    .sort((a, b) => a.differences - b.differences);
  return byDistance[0]?.each;
}

export const namesOf = (shapes: readonly z.ZodObject[]): readonly string[] => [
  ...new Set(shapes.flatMap((shape) => Object.keys(shape.shape))),
];

/**
 * Throws ConfigError for every setting that is not known but looks much like one that is. Others are left alone:
 * one file serves several programs, none of which knows all of it.
 */
export function refuseMisspelt(settings: Settings, known: readonly string[]): void {
  const problems = [...settings.keys()].flatMap((name) => {
    const nearest = known.includes(name) ? undefined : nearestTo(name, known);
    return nearest
      ? [{ settings: [name], message: `is no setting; did you mean ${nearest}?` }]
      : [];
  });
  if (problems.length > 0) throw new ConfigError(problems);
}
