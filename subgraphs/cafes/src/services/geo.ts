/** Degrees, WGS 84. */
export interface Point {
  readonly latitude: number;
  readonly longitude: number;
}

/** The mean radius of the earth (IUGG). */
const EARTH_KM = 6371.0088;

const radians = (degrees: number): number => (degrees * Math.PI) / 180;
const degrees = (angle: number): number => (angle * 180) / Math.PI;

/** The great-circle distance (haversine). */
export function distanceKm(a: Point, b: Point): number {
  const north = Math.sin(radians(b.latitude - a.latitude) / 2);
  const east = Math.sin(radians(b.longitude - a.longitude) / 2);
  const square =
    north * north + Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * east * east;
  return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(square)));
}

export type Range = readonly [least: number, most: number];

/** Ranges of degrees that hold every point within a radius, and some beyond. */
export interface Box {
  readonly latitude: Range;
  /** Two where the box lies across the antimeridian; none where every longitude will do. */
  readonly longitude: readonly Range[];
}

/** Room for rounding. */
const MARGIN_DEGREES = 1e-5;

export function boxAround({ latitude, longitude }: Point, radiusKm: number): Box {
  const angle = radiusKm / EARTH_KM;
  const high = degrees(angle) + MARGIN_DEGREES;
  const range: Range = [Math.max(-90, latitude - high), Math.min(90, latitude + high)];
  const reachesPole = latitude - high <= -90 || latitude + high >= 90;
  if (reachesPole || angle >= Math.PI / 2) return { latitude: range, longitude: [] };

  const wide =
    degrees(Math.asin(Math.min(1, Math.sin(angle) / Math.cos(radians(latitude))))) + MARGIN_DEGREES;
  const [west, east] = [longitude - wide, longitude + wide];
  if (east - west >= 360) return { latitude: range, longitude: [] };
  if (west < -180) {
    return {
      latitude: range,
      longitude: [
        [west + 360, 180],
        [-180, east],
      ],
    };
  }
  if (east > 180) {
    return {
      latitude: range,
      longitude: [
        [west, 180],
        [-180, east - 360],
      ],
    };
  }
  return { latitude: range, longitude: [[west, east]] };
}
