import { z } from 'zod';

/** Another aggregate's identifier. */
export const id = () => z.string().min(1).max(100);

/** ISO 8601, UTC. */
export const instant = () => z.iso.datetime();

/** Integer minor units of one currency. */
export const money = () => z.object({ minor: z.int(), currency: z.string().length(3) });

export type MoneyData = z.output<ReturnType<typeof money>>;
