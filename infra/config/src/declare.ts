import { z } from 'zod';

declare module 'zod' {
  interface GlobalMeta {
    /** Whether nobody may read the value. */
    secret?: boolean;
    /** Whether it is several texts. */
    isList?: boolean;
    /** Whether it names a file, unless it is a URL. */
    isPath?: boolean;
    /** The type of what is in it, where it is more than one value. */
    structure?: object;
  }
}

/** A whole number within bounds, from text. */
export const wholeNumber = (least: number, most: number) =>
  z.coerce
    .number({ error: `must be a whole number from ${least} to ${most}` })
    .int(`must be a whole number from ${least} to ${most}`)
    .min(least, `must be at least ${least}`)
    .max(most, `must be at most ${most}`);

/** `true` or `false`, from text. */
export const truth = () =>
  z
    .enum(['true', 'false'], { error: 'must be true or false' })
    .transform((text) => text === 'true');

/** One of several words. */
export const oneOf = <const Words extends readonly [string, ...string[]]>(...words: Words) =>
  z.enum(words, { error: `must be ${words.slice(0, -1).join(', ')} or ${words.at(-1)}` });

/** How much is written to the log. */
export const logLevel = () => oneOf('debug', 'info', 'warn', 'error', 'silent');

/** Texts separated by commas. */
export const list = () =>
  z
    .string()
    .transform((text) =>
      text
        .split(',')
        .map((item) => item.trim())
        .filter(Boolean),
    )
    .meta({ isList: true });

/** Text from which keys are made; `missing` is said where there is none. */
export const secretText = (missing: string) =>
  z.string({ error: missing }).min(32, 'must have at least 32 characters');

/** What is declared of a type by `meta`, also before it was made optional, given a default or refined. */
export function metaOf(type: z.ZodType): z.GlobalMeta {
  const { innerType, in: first } = type.def as { innerType?: z.ZodType; in?: z.ZodType };
  const inner = innerType ?? first;
  return { ...(inner && metaOf(inner)), ...type.meta() };
}

/** What a shape declares of one setting. */
export interface Setting {
  readonly name: string;
  readonly description: string;
  /** As text; null where there is none. */
  readonly default: string | null;
  readonly isRequired: boolean;
  readonly isSecret: boolean;
}

/** The settings of a shape, in its order. */
export const settingsOf = (shape: z.ZodObject): readonly Setting[] =>
  Object.entries(shape.shape).map(([name, type]) => {
    const { description = '', secret = false } = (type as z.ZodType).meta() ?? {};
    const absent = (type as z.ZodType).safeParse(undefined);
    const usual = absent.success && absent.data !== undefined ? String(absent.data) : '';
    return {
      name,
      description,
      default: usual === '' ? null : usual,
      isRequired: !absent.success,
      isSecret: secret,
    };
  });
