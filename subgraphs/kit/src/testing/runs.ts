/** How often a property is tried: `count` times, and less often where each statement goes to a server. */
export const runs = (count: number): number =>
  process.env['CREMA_TEST_DATABASE'] ? Math.max(2, Math.round(count / 8)) : count;
