import { Directive, Field, Int, ObjectType, type ClassType } from 'type-graphql';
import { refused } from '../errors.ts';

export const MOST_PER_PAGE = 100;

@Directive('@shareable')
@ObjectType({ description: 'Where a page stands in its list (Relay cursor connections).' })
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether there is more after this page.' })
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: 'Whether there is something before this page.' })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: "The first edge's cursor." })
  startCursor!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "The last edge's cursor; pass it as `after`.",
  })
  endCursor!: string | null;
}

export interface Edge<Node> {
  cursor: string;
  node: Node;
}

export interface Connection<Node> {
  edges: Edge<Node>[];
  nodes: Node[];
  pageInfo: PageInfo;
}

/** What a reader asked for, checked: how many, and the values of the last row already seen. */
export interface PageRequest {
  readonly first: number;
  readonly after: readonly (string | number)[] | null;
}

/** Checks a connection's arguments; refuses with INVALID_INPUT, naming `first` or `after`. */
export function readPage(
  first: number | null | undefined,
  after?: string | null,
  fallback = 20,
): PageRequest {
  const count = first ?? fallback;
  if (count < 1 || count > MOST_PER_PAGE) {
    throw refused('INVALID_INPUT', `first must be from 1 to ${MOST_PER_PAGE}.`, ['first']);
  }
  return { first: count, after: after === null || after === undefined ? null : readCursor(after) };
}

/** The values that place a row in its order, as opaque text. */
export const cursorOf = (values: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(values)).toString('base64url');

function readCursor(cursor: string): readonly (string | number)[] {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    const isKey = (value: unknown) => typeof value === 'string' || typeof value === 'number';
    if (Array.isArray(values) && values.length > 0 && values.every(isKey)) return values;
  } catch {
    // Answered below, as any other text that is no cursor.
  }
  throw refused('INVALID_INPUT', 'after must be a cursor of this list.', ['after']);
}

/** A page from at most `first + 1` rows in order: the extra one tells that there is more. */
export function toConnection<Row, Node>(
  rows: readonly Row[],
  { first, after }: PageRequest,
  keyOf: (row: Row) => readonly (string | number)[],
  nodeOf: (row: Row) => Node,
): Connection<Node> {
  const edges = rows
    .slice(0, first)
    .map((row) => ({ cursor: cursorOf(keyOf(row)), node: nodeOf(row) }));
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo: {
      hasNextPage: rows.length > first,
      hasPreviousPage: after !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

/** The edge type of a node type, `<Name>Edge`. */
export function edgeType<Node extends object>(
  name: string,
  node: () => ClassType<Node>,
): ClassType<Edge<Node>> {
  @ObjectType(`${name}Edge`, { description: 'One entry of the list.' })
  class EdgeType implements Edge<Node> {
    @Field(() => String, { description: 'Where the entry stands; pass it as `after`.' })
    cursor!: string;

    @Field(() => node(), { description: 'The entry itself.' })
    node!: Node;
  }
  return EdgeType;
}

/** The connection type of a node type, `<Name>Connection`; extend it for `totalCount`. */
export function connectionType<Node extends object, EdgeOf extends Edge<Node> = Edge<Node>>(
  name: string,
  node: () => ClassType<Node>,
  edge: ClassType<EdgeOf>,
): ClassType<Connection<Node>> {
  @ObjectType(`${name}Connection`, { description: 'A page of the list.' })
  class ConnectionType implements Connection<Node> {
    @Field(() => [edge], { description: 'The entries with their cursors.' })
    edges!: EdgeOf[];

    @Field(() => [node()], { description: 'The entries alone.' })
    nodes!: Node[];

    @Field(() => PageInfo, { description: 'Where the page stands.' })
    pageInfo!: PageInfo;
  }
  return ConnectionType;
}

/** The same with `totalCount`, counted only when asked for: give the row a function. */
export function countedConnectionType<Node extends object, EdgeOf extends Edge<Node> = Edge<Node>>(
  name: string,
  node: () => ClassType<Node>,
  edge: ClassType<EdgeOf>,
): ClassType<Connection<Node> & { totalCount: () => Promise<number> }> {
  @ObjectType(`${name}Connection`, { description: 'A page of the list.' })
  class CountedConnectionType implements Connection<Node> {
    @Field(() => [edge], { description: 'The entries with their cursors.' })
    edges!: EdgeOf[];

    @Field(() => [node()], { description: 'The entries alone.' })
    nodes!: Node[];

    @Field(() => PageInfo, { description: 'Where the page stands.' })
    pageInfo!: PageInfo;

    @Field(() => Int, { description: 'How many entries the whole list has.' })
    totalCount!: () => Promise<number>;
  }
  return CountedConnectionType;
}
