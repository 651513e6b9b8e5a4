import { z } from 'zod';
import { id, instant } from './common.ts';
import { defineEvent } from './define-event.ts';

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
