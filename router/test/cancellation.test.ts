import fc from 'fast-check';
import { abortSignalOf, Cancellation, type Canceller } from '../src/system/cancellation.ts';

/** Something done to a canceller: to listener 2 it is one that removes listener 1 when it is told. */
type Deed =
  { readonly kind: 'add' | 'remove'; readonly listener: number } | { readonly kind: 'abort' };

const LISTENERS = 3;
const deeds: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('add' as const, 'remove' as const),
    listener: fc.integer({ min: 0, max: LISTENERS - 1 }),
  }),
  fc.constant({ kind: 'abort' as const }),
);

/** What is told to whom when all of it is done. */
function told(canceller: Canceller, done: readonly Deed[]): unknown[] {
  const { signal } = canceller;
  const said: unknown[] = [];
  const listeners = Array.from({ length: LISTENERS }, (_, index) => () => {
    said.push([index, signal.aborted, signal.reason]);
    if (index === 2) signal.removeEventListener('abort', listeners[1]!);
    if (index === 0) signal.addEventListener('abort', listeners[1]!);
  });
  done.forEach((deed, at) => {
    if (deed.kind === 'abort') canceller.abort(`deed ${at}`);
    else if (deed.kind === 'add') signal.addEventListener('abort', listeners[deed.listener]!);
    else signal.removeEventListener('abort', listeners[deed.listener]!);
    said.push(signal.aborted, signal.reason);
  });
  return said;
}

it('tells whoever an AbortController tells', () => {
  fc.assert(
    fc.property(fc.array(deeds, { maxLength: 12 }), (done) => {
      expect(told(new Cancellation(), done)).toEqual(told(new AbortController(), done));
    }),
  );
});

it('aborts with the reason of the platform when none is given', () => {
  const ours = new Cancellation();
  const theirs = new AbortController();
  ours.abort();
  theirs.abort();

  expect(ours.reason).toBeInstanceOf(DOMException);
  expect(ours.reason).toEqual(theirs.signal.reason);
});

describe('as a signal of the platform', () => {
  it('aborts with the same reason', () => {
    const cancellation = new Cancellation();
    const signal = abortSignalOf(cancellation);
    expect(signal.aborted).toBe(false);
    cancellation.abort('enough');

    expect(signal.aborted).toBe(true);
    expect(signal.reason).toBe('enough');
  });

  it('is aborted where it was before', () => {
    const cancellation = new Cancellation();
    cancellation.abort('enough');

    expect(abortSignalOf(cancellation).reason).toBe('enough');
  });

  it('is itself where it is one', () => {
    const { signal } = new AbortController();

    expect(abortSignalOf(signal)).toBe(signal);
  });
});
