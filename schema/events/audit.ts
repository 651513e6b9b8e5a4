import { z } from 'zod';
import { id, instant } from './common.ts';
import { defineEvent, type EventDefinition } from './define-event.ts';

/** Somebody used a right that customers do not have. Published by every subgraph. Key: the actor's id. */
export const PrivilegedWriteMade = defineEvent({
  type: 'audit.privileged-write.made',
  version: 1,
  topic: 'audit.entries',
  data: z.object({
    actorId: id(),
    /** `<subgraph>.<mutation>`, such as `menu.setCafePrice`. */
    action: z.string(),
    /** `<Type>:<id>`, such as `Product:0192…`. */
    target: z.string(),
    /** For people to read; no secrets. */
    details: z.string().nullable(),
    at: instant(),
  }),
});

/** Whatever facts are published with, such as a transaction. */
interface Publisher {
  publish<Data>(contract: EventDefinition<Data>, key: string, data: Data): void;
}

export interface PrivilegedWrite {
  readonly actorId: string;
  /** `<subgraph>.<mutation>` */
  readonly action: string;
  /** `<Type>:<id>` */
  readonly target: string;
  readonly details: string | null;
  readonly at: Date;
}

/** Tells the audit log, together with what was written. */
export const publishPrivilegedWrite = (
  publisher: Publisher,
  { at, ...write }: PrivilegedWrite,
): void =>
  publisher.publish(PrivilegedWriteMade, write.actorId, { ...write, at: at.toISOString() });
