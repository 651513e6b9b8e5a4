import type { Linter } from 'eslint';

/** The rules of the house, which need no types. */
export const house: Linter.Config[];
