import type { SubgraphRequest, SubgraphResponse } from '../transport/subgraph-transport.ts';
import { ownTag, type EntryTags } from './entry-tags.ts';
import type { FetchedOperation } from './fetched-operation.ts';
import type { Part, PartedRequest, ToldPart } from './parted-request.ts';

/** A request for root fields, whose answer is kept as a whole. */
export class CachedRoot implements PartedRequest {
  readonly parts: readonly Part[];
  private readonly asked: string;

  constructor(
    private readonly operation: Extract<FetchedOperation, { kind: 'root' }>,
    private readonly request: SubgraphRequest,
    private readonly tags: EntryTags,
  ) {
    this.asked = `${operation.selected.asked} ${JSON.stringify(request.variables)}`;
    this.parts = [{ asked: this.asked }];
  }

  without([known]: readonly unknown[]): SubgraphRequest | undefined {
    return known === undefined ? this.request : undefined;
  }

  answer([known]: readonly unknown[], told: SubgraphResponse | undefined): SubgraphResponse {
    return told ?? { data: known as Record<string, unknown> };
  }

  told(_known: readonly unknown[], { data, errors, extensions }: SubgraphResponse): ToldPart[] {
    if (!data || (errors && errors.length > 0)) return [];
    const { selected, tagsWith } = this.operation;
    const tags = [
      ...selected.tags,
      ...tagsWith(this.request.variables),
      ...this.tags.ofData(selected.shape, data),
      ...textsIn(extensions?.['apolloCacheTags']).map(ownTag),
    ];
    return [{ asked: this.asked, value: data, tags: [...new Set(tags)] }];
  }
}

/** The texts of what should be a list of them. */
export const textsIn = (list: unknown): readonly string[] =>
  Array.isArray(list) ? list.filter((item) => typeof item === 'string') : [];
