import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { nearestTo } from '@crema/config';
import type { Hooks } from './hooks.ts';

/** A module of hooks that cannot be used; the message says why in one line. */
export class InvalidHooksError extends Error {
  constructor(path: string, reason: string) {
    super(`Cannot use the hooks in ${path}: ${reason}`);
    this.name = 'InvalidHooksError';
  }
}

const NAMES = ['onRequest', 'onPlan', 'onSubgraphRequest', 'onResponse'] satisfies (keyof Hooks)[];

/** Loads the hooks that a module exports by their names. Rejects with an `InvalidHooksError`. */
export async function loadHooks(path: string): Promise<Hooks> {
  const exported = await load(path);
  const strange = Object.keys(exported).find(
    (name) => /^on[A-Z]/.test(name) && !(NAMES as string[]).includes(name),
  );
  if (strange) {
    const nearest = nearestTo(strange, NAMES) ?? NAMES.join(', ');
    throw new InvalidHooksError(path, `${strange} is no hook; did you mean ${nearest}?`);
  }
  const hooks = Object.fromEntries(
    NAMES.flatMap((name) => (exported[name] === undefined ? [] : [[name, exported[name]]])),
  );
  const wrong = Object.keys(hooks).find((name) => typeof hooks[name] !== 'function');
  if (wrong) throw new InvalidHooksError(path, `${wrong} must be a function`);
  if (Object.keys(hooks).length === 0) {
    throw new InvalidHooksError(path, `it exports none of ${NAMES.join(', ')}`);
  }
  return hooks;
}

async function load(path: string): Promise<Record<string, unknown>> {
  try {
    return (await import(pathToFileURL(resolve(path)).href)) as Record<string, unknown>;
  } catch (thrown) {
    const { message } = thrown as Error;
    throw new InvalidHooksError(path, message.split('\n', 1)[0] ?? '');
  }
}
