/** Something that a person can put right; its message is all that is told. */
export class ImportError extends Error {
  override readonly name = 'ImportError';
}
