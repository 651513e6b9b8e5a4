import type { GraphQLFormattedError } from 'graphql';
import type { ResponsePath } from './place.ts';

/** What clients call the fields that are fetched by other names. */
export class ResponseNames {
  static readonly NONE = new ResponseNames(new Map());

  /** By the names that fields are fetched by; those that keep theirs are not in it. */
  constructor(private readonly names: ReadonlyMap<string, string>) {}

  of(fetchedName: string): string {
    return this.names.get(fetchedName) ?? fetchedName;
  }

  path(path: ResponsePath): ResponsePath {
    if (this.names.size === 0) return path;
    return path.map((step) => (typeof step === 'string' ? this.of(step) : step));
  }

  /** The beginning of an answer's text that tells its errors. */
  errorsText(errors: readonly GraphQLFormattedError[]): string {
    if (errors.length === 0) return '';
    const told = this.names.size === 0 ? errors : errors.map((error) => this.told(error));
    return `"errors":${JSON.stringify(told)},`;
  }

  private told(error: GraphQLFormattedError): GraphQLFormattedError {
    return error.path ? { ...error, path: this.path(error.path) } : error;
  }
}
