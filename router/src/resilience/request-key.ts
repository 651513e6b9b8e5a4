/** Headers that tell requests apart and have no part in what is answered: their names in small letters. */
export const REQUEST_IDS: readonly string[] = ['x-request-id', 'traceparent', 'tracestate'];

/** A text that is equal for equal headers, those left out that are ignored, and for no others. */
export function headersKey(
  headers: Readonly<Record<string, string>>,
  ignored: ReadonlySet<string>,
): string {
  let key = '';
  for (const name in headers) {
    if (ignored.has(name)) continue;
    const value = headers[name] ?? '';
    // With their lengths, so that no header can be written as the end of one and the beginning of another.
    key += `${name.length}:${name}${value.length}:${value}`;
  }
  return key;
}
