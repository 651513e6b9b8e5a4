import { z } from 'zod';
import { readEnvironment, wholeNumber, type Environment } from '@crema/kit';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

export const settings = z.object({
  ORDER_DEADLINE_SECONDS: wholeNumber(1, 3_600)
    .default(30)
    .describe('How long stock and payment may take before an order is rejected.'),
  NOT_COLLECTED_MINUTES: wholeNumber(1, 1_440)
    .default(60)
    .describe('How long a ready order waits for its customer.'),
  PICKUP_SLOT_MINUTES: wholeNumber(5, 120).default(15).describe('The length of a pickup slot.'),
  PICKUP_SLOT_CAPACITY: wholeNumber(1, 10_000).default(10).describe('Orders per café and slot.'),
  PICKUP_DAYS_AHEAD: wholeNumber(1, 30).default(7).describe('How far ahead a pickup time may be.'),
  PICKUP_LEAD_MINUTES: wholeNumber(0, 120)
    .default(5)
    .describe('How much earlier than its preparation takes a pickup order comes onto the queue.'),
  PREPARATION_SECONDS_PER_ITEM: wholeNumber(1, 3_600)
    .default(90)
    .describe("A café's pace until it has been measured."),
});

export interface OrdersConfig {
  /** How long stock and payment may take before an order is rejected. */
  readonly deadlineMs: number;
  /** How long a READY order waits for its customer. */
  readonly notCollectedMs: number;
  readonly slotMs: number;
  /** Orders per café and pickup slot. */
  readonly slotCapacity: number;
  readonly pickupAheadMs: number;
  /** Added to the preparation itself: how much earlier a pickup order comes onto the queue. */
  readonly pickupLeadMs: number;
  /** A café's pace until it has been measured. */
  readonly startingMsPerItem: number;
}

export function readConfig(env: Environment): OrdersConfig {
  const read = readEnvironment(settings, env);
  return Object.freeze({
    deadlineMs: read.ORDER_DEADLINE_SECONDS * SECOND,
    notCollectedMs: read.NOT_COLLECTED_MINUTES * MINUTE,
    slotMs: read.PICKUP_SLOT_MINUTES * MINUTE,
    slotCapacity: read.PICKUP_SLOT_CAPACITY,
    pickupAheadMs: read.PICKUP_DAYS_AHEAD * DAY,
    pickupLeadMs: read.PICKUP_LEAD_MINUTES * MINUTE,
    startingMsPerItem: read.PREPARATION_SECONDS_PER_ITEM * SECOND,
  });
}
