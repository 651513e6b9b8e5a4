import type { Change, Find, Scalar, Total, Totals, Where } from '../documents/documents.ts';
import type { Cup } from './document-cups.ts';

/** The least that does what the port says, to compare with. */
export class ModelCollection {
  private readonly documents = new Map<string, { cup: Cup; used: Set<string> }>();

  get(id: string): Cup | null {
    return this.documents.get(id)?.cup ?? null;
  }

  insert(cup: Cup): boolean {
    if (this.documents.has(cup.id)) return false;
    if (this.all().some(({ slot }) => slot === cup.slot)) return false;
    this.put(cup);
    return true;
  }

  put(cup: Cup): void {
    this.documents.set(cup.id, { cup: plain(cup), used: new Set() });
  }

  change(id: string, { set = {}, add = {}, where = {}, orInsert, onceKey }: Change<Cup>): boolean {
    const found = this.documents.get(id);
    if (found && (!holds(found.cup, where) || found.used.has(onceKey ?? ''))) return false;
    const from = found?.cup ?? orInsert;
    if (!from) return false;
    const sums = Object.entries(add).map(([field, more]) => [
      field,
      Number(from[field as keyof Cup] ?? 0) + more!,
    ]);
    const cup = plain({ ...from, ...Object.fromEntries(sums), ...plain(set) } as Cup);
    const used = new Set([...(found?.used ?? []), ...(onceKey === undefined ? [] : [onceKey])]);
    this.documents.set(id, { cup, used });
    return true;
  }

  find({ where = {}, order = [], limit }: Find<Cup>): Cup[] {
    const found = this.all().filter((each) => holds(each, where));
    found.sort((a, b) => {
      for (const [field, direction] of order) {
        const difference = compare(a[field] as Scalar, b[field] as Scalar);
        if (difference !== 0) return direction === 'asc' ? difference : -difference;
      }
      return 0;
    });
    return found.slice(0, limit);
  }

  totals({ by, sum = [], where = {} }: Totals<Cup>): Total[] {
    const groups = new Map<Scalar, Cup[]>();
    for (const each of this.find({ where })) {
      const key = (each[by] ?? null) as Scalar;
      groups.set(key, [...(groups.get(key) ?? []), each]);
    }
    return [...groups]
      .sort(([a], [b]) => compare(a, b))
      .map(([key, cups]) => ({
        key,
        count: cups.length,
        sums: Object.fromEntries(
          sum.map((field) => [
            field,
            cups.reduce((total, each) => total + Number(each[field] ?? 0), 0),
          ]),
        ),
      }));
  }

  remove(where: Where<Cup>): number {
    const found = this.find({ where });
    for (const { id } of found) this.documents.delete(id);
    return found.length;
  }

  private all(): Cup[] {
    return [...this.documents.values()].map(({ cup }) => cup);
  }
}

const plain = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value)) as Value;

/** Nothing before numbers, numbers before text, text by its bytes. */
function compare(a: Scalar | undefined, b: Scalar | undefined): number {
  const rank = (value: Scalar | undefined) =>
    ['undefined', 'number', 'string'].indexOf(typeof value);
  const [x, y] = [a ?? undefined, b ?? undefined];
  if (typeof x === 'string' && typeof y === 'string') {
    return Buffer.compare(Buffer.from(x), Buffer.from(y));
  }
  if (typeof x === 'number' && typeof y === 'number') return x - y;
  return rank(x) - rank(y);
}

function holds(cup: Cup, where: Where<Cup>): boolean {
  return Object.entries(where).every(([field, wanted]) => {
    const value = (cup[field as keyof Cup] ?? null) as Scalar;
    if (wanted === undefined) return true;
    if (Array.isArray(wanted)) return wanted.includes(value);
    if (wanted === null || typeof wanted !== 'object') return value === wanted;
    const { from, below } = wanted as { from?: string | number; below?: string | number };
    if (from === undefined && below === undefined) return true;
    if (value === null) return false;
    return (
      (from === undefined || compare(value, from) >= 0) &&
      (below === undefined || compare(value, below) < 0)
    );
  });
}
