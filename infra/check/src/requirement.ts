/** What some tests need that not every machine has: real servers, a browser. */
export type Requirement = 'services' | 'browser';

/**
 * `describe` for suites that need something: they run where CREMA_REQUIRE names it, as in
 * `CREMA_REQUIRE=services,browser`, and fail there when it is missing. Elsewhere they are left out, and
 * `npm test` says so.
 */
export function requirement(name: Requirement): jest.Describe {
  const required = (process.env['CREMA_REQUIRE'] ?? '').split(',').map((each) => each.trim());
  return required.includes(name) ? describe : describe.skip;
}
