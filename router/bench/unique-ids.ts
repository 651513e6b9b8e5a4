/** An id that no other request of a run has; what is derived from it, as ids of other entities, holds it. */
export const UNIQUE_ID = /u\d{8}/;

/** Stands for any of them where texts are compared or kept. */
export const PLACEHOLDER = 'u00000000';

export const uniqueId = (count: number): string =>
  'u' + String(count % 100_000_000).padStart(8, '0');
