import { DDSketch } from '@datadog/sketches-js';

/** A quantile that is told is no further than so from one of the measured times. */
const RELATIVE_ACCURACY = 0.01;

const emptySketch = (): DDSketch => new DDSketch({ relativeAccuracy: RELATIVE_ACCURACY });

const { mapping } = emptySketch();

/**
 * The bucket of the sketch into which a time falls. Buckets are counted in integers, so a sketch is the same in
 * whatever order its times came, and one that was counted can be taken out again. Less than a second is one.
 */
export const bucketOf = (seconds: number): number => mapping.key(Math.max(1, seconds));

/** The sketch of all times, from how many fell into each bucket. */
export function sketchOf(counts: Iterable<readonly [bucket: number, count: number]>): DDSketch {
  const sketch = emptySketch();
  for (const [bucket, count] of counts) {
    if (count > 0) sketch.accept(mapping.value(bucket), count);
  }
  return sketch;
}

/** To a whole second; null of nothing. */
export const quantileOf = (sketch: DDSketch, quantile: number): number | null =>
  sketch.count === 0 ? null : Math.round(sketch.getValueAtQuantile(quantile));
