import fc from 'fast-check';
import { boxAround, distanceKm, type Point, type Range } from '../src/services/geo.ts';

const point = fc.record({
  latitude: fc.double({ min: -90, max: 90, noNaN: true }),
  longitude: fc.double({ min: -180, max: 180, noNaN: true }),
});
const radius = fc.double({ min: 0.001, max: 20_038, noNaN: true });

const within = (value: number, [least, most]: Range): boolean => least <= value && value <= most;
const isIn = ({ latitude, longitude }: Point, center: Point, radiusKm: number): boolean => {
  const box = boxAround(center, radiusKm);
  return (
    within(latitude, box.latitude) &&
    (box.longitude.length === 0 || box.longitude.some((range) => within(longitude, range)))
  );
};

describe('a distance', () => {
  it('is the great circle', () => {
    const newYork = { latitude: 40.7128, longitude: -74.006 };
    const london = { latitude: 51.5074, longitude: -0.1278 };
    expect(distanceKm(newYork, london)).toBeCloseTo(5570.2, 0);
    expect(
      distanceKm({ latitude: 0, longitude: 179.9 }, { latitude: 0, longitude: -179.9 }),
    ).toBeCloseTo(22.24, 1);
  });

  it('is the same both ways, nothing to oneself, and never beyond half the earth', () => {
    fc.assert(
      fc.property(point, point, (a, b) => {
        expect(distanceKm(a, b)).toBeCloseTo(distanceKm(b, a), 6);
        expect(distanceKm(a, a)).toBe(0);
        expect(distanceKm(a, b)).toBeLessThanOrEqual(20_015.2);
      }),
    );
  });
});

describe('a box', () => {
  it('leaves out no point within the radius', () => {
    fc.assert(
      fc.property(point, point, radius, (center, other, radiusKm) => {
        if (distanceKm(center, other) <= radiusKm) expect(isIn(other, center, radiusKm)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it('leaves out no point near its rim, at the poles and across the antimeridian', () => {
    const near = fc.record({
      latitude: fc.constantFrom(-89.99, -60, 0, 45, 89.9, 90),
      longitude: fc.constantFrom(-180, -179.95, 0, 179.99, 180),
    });
    const bearing = fc.double({ min: 0, max: 2 * Math.PI, noNaN: true });
    fc.assert(
      fc.property(near, bearing, fc.constantFrom(0.5, 10, 300), (center, angle, radiusKm) => {
        const other = destination(center, angle, radiusKm * 0.999);
        expect(isIn(other, center, radiusKm)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it('is small where it can be', () => {
    const newYork = { latitude: 40.7, longitude: -74 };
    expect(isIn({ latitude: 40.7, longitude: -74.2 }, newYork, 10)).toBe(false);
    expect(isIn({ latitude: 40.9, longitude: -74 }, newYork, 10)).toBe(false);
  });
});

/** Where one comes to on the great circle that leaves at an angle from north. */
function destination({ latitude, longitude }: Point, angle: number, km: number): Point {
  const radians = Math.PI / 180;
  const far = km / 6371.0088;
  const from = latitude * radians;
  const to = Math.asin(
    Math.sin(from) * Math.cos(far) + Math.cos(from) * Math.sin(far) * Math.cos(angle),
  );
  const east = Math.atan2(
    Math.sin(angle) * Math.sin(far) * Math.cos(from),
    Math.cos(far) - Math.sin(from) * Math.sin(to),
  );
  return {
    latitude: to / radians,
    longitude: ((longitude + east / radians + 540) % 360) - 180,
  };
}
