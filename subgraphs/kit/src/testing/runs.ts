/** How often a property is tried: `count` times, and less often where each statement or document goes to a server. */
export const runs = (count: number): number =>
  process.env['CREMA_TEST_DATABASE'] || process.env['CREMA_TEST_DOCUMENTS']
    ? Math.max(2, Math.round(count / 8))
    : count;
