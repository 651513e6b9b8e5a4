export { serviceUrl, type ServiceName } from '@crema/services';

/** What some tests need that not every machine has: real servers, a browser, data that is not ours to give away. */
export type Requirement = 'services' | 'browser' | 'data';

/**
 * `describe` for suites that need something. They run where it is here, and where CREMA_REQUIRE names it, as in
 * `CREMA_REQUIRE=services,browser`: there they fail when it is missing. Elsewhere they are left out, and
 * `npm test` says so.
 *
 * @example requirement('services', serviceUrl('mysql') !== undefined)('MySQL', () => { … });
 */
export function requirement(name: Requirement, isHere = false): jest.Describe {
  const required = (process.env['CREMA_REQUIRE'] ?? '').split(',').map((each) => each.trim());
  return isHere || required.includes(name) ? describe : describe.skip;
}
