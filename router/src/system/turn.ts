/** Lets whatever else is ready go first; long work that is done between turns keeps nobody waiting. */
export const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
