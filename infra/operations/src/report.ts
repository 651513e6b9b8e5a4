/** Prints what differs, a line each; differences end the command with code 1. */
export function report(what: string, differences: readonly (object | string)[]): void {
  for (const difference of differences) {
    console.log(typeof difference === 'string' ? difference : JSON.stringify(difference));
  }
  console.log(
    differences.length === 0
      ? `The ${what} is what its history says.`
      : `The ${what} differs from its history in ${differences.length} places.`,
  );
  if (differences.length > 0) process.exitCode = 1;
}
