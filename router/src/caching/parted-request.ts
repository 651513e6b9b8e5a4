import type { SubgraphRequest, SubgraphResponse } from '../transport/subgraph-transport.ts';

/** A part of an answer that is kept by itself. */
export interface Part {
  /** Names what is asked for, whoever asks. */
  readonly asked: string;
}

/** A part that a subgraph has just told. */
export interface ToldPart extends Part {
  readonly value: unknown;
  readonly tags: readonly string[];
}

/** What a request asks for, in parts, and how the answer is put together of those that are known and those that are told. */
export interface PartedRequest {
  readonly parts: readonly Part[];
  /** What is to be asked when these are known, part by part; undefined when nothing is. */
  without(known: readonly unknown[]): SubgraphRequest | undefined;
  /** The answer to the request, given the one to what was asked, if anything was. */
  answer(known: readonly unknown[], told: SubgraphResponse | undefined): SubgraphResponse;
  /** The parts of what was told that may be kept: nothing that failed. */
  told(known: readonly unknown[], told: SubgraphResponse): readonly ToldPart[];
}
