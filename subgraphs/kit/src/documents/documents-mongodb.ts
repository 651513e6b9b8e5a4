import { createConnection, type Connection, type Model } from 'mongoose';
import type {
  Change,
  Collection,
  CollectionOptions,
  Document,
  Documents,
  Find,
  Scalar,
  Total,
  Totals,
  Where,
} from './documents.ts';
import { createIndexes, modelOf, SHOWN, type Stored } from './documents-mongodb-model.ts';
import { afterOf, filterOf, nameOf, sortOf, type Filter } from './documents-mongodb-query.ts';
import { Turns } from '../turns.ts';

/** Every operation ends by then, well or not; the connection is found again by itself. */
const LIMITS = {
  serverSelectionTimeoutMS: 4_000,
  connectTimeoutMS: 4_000,
  socketTimeoutMS: 10_000,
  waitQueueTimeoutMS: 10_000,
};

/** Connects to the database that the URL names. Rejects when the server does not answer within some seconds. */
export async function openMongoDocuments(url: string): Promise<Documents> {
  const connection = createConnection(url, {
    ...LIMITS,
    autoCreate: false,
    autoIndex: false,
    bufferCommands: false,
    // What is said to be written survives the server's crash.
    writeConcern: { w: 'majority', journal: true },
    ignoreUndefined: true,
  });
  // Whoever waits for an operation is told of its error; nobody waits for these.
  connection.on('error', () => undefined);
  try {
    await connection.asPromise();
    if (!hasDatabase(url)) throw new Error('the URL must name a database: mongodb://HOST/DATABASE');
  } catch (error) {
    await connection.destroy();
    throw new Error(`MongoDB cannot be used: ${(error as Error).message}`, { cause: error });
  }
  return {
    collection: (options) => openCollection(connection, options),
    close: () => connection.close(),
  };
}

const hasDatabase = (url: string): boolean => /^[a-z+]+:\/\/[^/]+\/[^?]+/.test(url);

async function openCollection<Doc extends Document>(
  connection: Connection,
  options: CollectionOptions<Doc>,
): Promise<Collection<Doc>> {
  const model = modelOf(connection, options);
  await createIndexes(model);
  return new MongoCollection<Doc>(model);
}

class MongoCollection<Doc extends Document> implements Collection<Doc> {
  /**
   * A document that many change at once is changed by one after the other: the server would let them collide and
   * try again. FerretDB 1 would lose some of them.
   */
  private readonly turns = new Turns();

  constructor(private readonly model: Model<Stored>) {}

  async get(id: string): Promise<Doc | null> {
    const found = await this.model.findById(id, SHOWN).lean<Stored>();
    return found && shown<Doc>(found);
  }

  async getMany(ids: readonly string[]): Promise<(Doc | null)[]> {
    if (ids.length === 0) return [];
    const found = await this.read({ _id: { $in: [...new Set(ids)] } });
    const byId = new Map(found.map((document) => [document.id, document]));
    return ids.map((id) => byId.get(id) ?? null);
  }

  async insert(document: Doc): Promise<boolean> {
    return this.insertStored(stored(document));
  }

  async put(document: Doc): Promise<void> {
    const { _id, ...rest } = stored(document);
    await this.turns.take(_id, async () => {
      const replace = () => this.model.replaceOne({ _id }, rest, { upsert: true });
      // Two who begin the same document at once: the server lets one of them try again.
      await replace().catch((error: unknown) => {
        if (isDuplicate(error)) return replace();
        throw error;
      });
    });
  }

  async change(id: string, change: Change<Doc>): Promise<boolean> {
    const { orInsert } = change;
    if (orInsert && orInsert.id !== id) throw new Error(`${orInsert.id} is not ${id}`);
    return this.turns.take(id, async () => {
      if (await this.update(id, change)) return true;
      if (!orInsert) return false;
      if (await this.insertStored(begun(orInsert, change))) return true;
      // Somebody else began it, a moment or long ago: the change is one of that document.
      if (await this.update(id, change)) return true;
      if (await this.model.exists({ _id: id })) return false;
      throw new Error(`${this.model.modelName}: another document has what ${id} may not share`);
    });
  }

  async find({ where, order = [], after, limit }: Find<Doc>): Promise<Doc[]> {
    // To the server, zero is no limit.
    if (limit === 0) return [];
    const filter = filterOf(where);
    const wanted = after ? { $and: [filter, afterOf(order, after)] } : filter;
    return this.read(wanted, { sort: sortOf(order), limit });
  }

  count(where?: Where<Doc>): Promise<number> {
    return this.model.countDocuments(filterOf(where)).exec();
  }

  /** One sum at a time: of several in one group FerretDB 1 works out the first alone. */
  async totals({ by, sum = [], where }: Totals<Doc>): Promise<Total[]> {
    const group = (value: string | number) =>
      this.model.aggregate<{ _id: Scalar; sum: number }>([
        { $match: filterOf(where) },
        { $group: { _id: `$${nameOf(by)}`, sum: { $sum: value } } },
        { $sort: { _id: 1 } },
      ]);
    const [counts, ...sums] = await Promise.all([
      group(1),
      ...sum.map((field) => group(`$${nameOf(field)}`)),
    ]);
    const sumsOf = sums.map((groups) => new Map(groups.map((each) => [each._id, each.sum])));
    return counts!.map(({ _id: key, sum: count }) => ({
      key,
      count,
      sums: Object.fromEntries(sum.map((field, index) => [field, sumsOf[index]!.get(key) ?? 0])),
    }));
  }

  async remove(where: Where<Doc>): Promise<number> {
    return (await this.model.deleteMany(filterOf(where))).deletedCount;
  }

  private async insertStored(document: Stored): Promise<boolean> {
    try {
      await this.model.insertOne(document);
      return true;
    } catch (error) {
      if (isDuplicate(error)) return false;
      throw error;
    }
  }

  /** False when there is none, `where` does not hold, or the key was used. All of it is one step of the server's. */
  private async update(id: string, { set, add, where, onceKey }: Change<Doc>): Promise<boolean> {
    const filter = {
      ...filterOf(where),
      ...(onceKey !== undefined && { _once: { $ne: onceKey } }),
      _id: id,
    };
    const update = {
      ...operation('$set', set),
      ...operation('$inc', add),
      ...(onceKey !== undefined && { $push: { _once: onceKey } }),
    };
    if (Object.keys(update).length === 0) return (await this.model.exists(filter)) !== null;
    return (await this.model.updateOne(filter, update)).matchedCount > 0;
  }

  private async read(filter: Filter, page: Page = {}): Promise<Doc[]> {
    const found = await this.model.find(filter, SHOWN, page).lean<Stored[]>();
    return found.map((document) => shown<Doc>(document));
  }
}

interface Page {
  readonly sort?: Readonly<Record<string, 1 | -1>>;
  readonly limit?: number;
}

const isDuplicate = (error: unknown): boolean => (error as { code?: unknown }).code === 11_000;

/** A field that is undefined is left alone; an operation on no field is none. */
function operation(operator: '$set' | '$inc', fields: object = {}): object {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  if (given.length === 0) return {};
  return { [operator]: Object.fromEntries(given.map(([field, value]) => [nameOf(field), value])) };
}

function stored<Doc extends Document>({ id, ...rest }: Doc): Stored {
  const given = Object.entries(rest).filter(([, value]) => value !== undefined);
  return { _id: id, ...Object.fromEntries(given.map(([field, value]) => [nameOf(field), value])) };
}

const shown = <Doc extends Document>({ _id: id, ...rest }: Stored): Doc =>
  ({ id, ...rest }) as unknown as Doc;

/** The document that a change begins, the change already made. */
function begun<Doc extends Document>(
  orInsert: Doc,
  { set = {}, add = {}, onceKey }: Change<Doc>,
): Stored {
  const document = stored(orInsert);
  const sums = Object.entries(add).map(([field, more]) => [
    field,
    Number(document[field] ?? 0) + Number(more ?? 0),
  ]);
  return {
    ...document,
    ...Object.fromEntries(sums),
    ...stored({ ...set, id: orInsert.id }),
    ...(onceKey !== undefined && { _once: [onceKey] }),
  };
}
