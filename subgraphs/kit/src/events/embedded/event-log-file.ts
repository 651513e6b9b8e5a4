import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Libsql from 'libsql';
import type { GroupLag } from '../event-log.ts';

const TABLES = `
  CREATE TABLE IF NOT EXISTS events (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE, topic TEXT NOT NULL, part INTEGER NOT NULL, event TEXT NOT NULL);
  CREATE INDEX IF NOT EXISTS ix_events_topic ON events (topic, part, position);
  CREATE TABLE IF NOT EXISTS offsets (
    grp TEXT NOT NULL, topic TEXT NOT NULL, part INTEGER NOT NULL, position INTEGER NOT NULL,
    PRIMARY KEY (grp, topic, part)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS dead_letters (
    grp TEXT NOT NULL, event_id TEXT NOT NULL, letter TEXT NOT NULL, PRIMARY KEY (grp, event_id));
  CREATE TABLE IF NOT EXISTS replays (
    position INTEGER PRIMARY KEY AUTOINCREMENT, grp TEXT NOT NULL, topic TEXT NOT NULL,
    part INTEGER NOT NULL, event TEXT NOT NULL);
`;

/** An event as the file keeps it. */
export type EventRow = readonly [id: string, topic: string, partition: number, event: string];

/** The file of an embedded log, and what is asked of it. */
export interface LogFile {
  readonly database: Libsql.Database;
  readonly statements: ReturnType<typeof prepare>;
  /**
   * Adds rows, in one statement, within a transaction. Gives their positions; null for an id that is there
   * already: a relay that crashed half way brings some events twice, and the log keeps each once.
   */
  append(rows: readonly EventRow[]): readonly (number | null)[];
}

/** Opens the file, creating it as needed. */
export function openLogFile(path: string): LogFile {
  mkdirSync(dirname(path), { recursive: true });
  const database = new Libsql(path);
  database.exec('PRAGMA journal_mode = WAL');
  database.exec('PRAGMA synchronous = NORMAL');
  database.exec('PRAGMA busy_timeout = 5000');
  database.exec(TABLES);
  const statements = prepare(database);
  return { database, statements, append: appending(database, statements) };
}

function appending(
  database: Libsql.Database,
  { positionOf }: ReturnType<typeof prepare>,
): LogFile['append'] {
  const inserts = new Map<number, Libsql.Statement>();
  const insertOf = (count: number): Libsql.Statement => {
    let insert = inserts.get(count);
    if (!insert) {
      const values = Array.from({ length: count }, () => '(?, ?, ?, ?)').join(', ');
      insert = database.prepare(
        `INSERT INTO events (id, topic, part, event) VALUES ${values} ON CONFLICT (id) DO NOTHING`,
      );
      inserts.set(count, insert);
    }
    return insert;
  };
  return (rows) => {
    const { changes, lastInsertRowid } = insertOf(rows.length).run(...rows.flat());
    // Nobody else writes meanwhile, so the new ones follow each other.
    const before = Number(lastInsertRowid) - changes;
    if (changes === rows.length) return rows.map((_, index) => before + 1 + index);
    const told = new Set<number>();
    return rows.map(([id]) => {
      const { position } = positionOf.get(id);
      const isNew = changes > 0 && position > before && !told.has(position);
      told.add(position);
      return isNew ? position : null;
    });
  };
}

/** libsql's statements carry no types of their rows; here they are given them, once. */
function prepare(database: Libsql.Database) {
  interface Rows<Row> {
    get(...parameters: unknown[]): Row;
    all(...parameters: unknown[]): Row[];
    run(...parameters: unknown[]): { changes: number; lastInsertRowid: number | bigint };
  }
  const sql = <Row>(text: string) => database.prepare(text) as unknown as Rows<Row>;
  return {
    positionOf: sql<{ position: number }>('SELECT position FROM events WHERE id = ?'),
    last: sql<{ position: number | null }>('SELECT max(position) AS position FROM events'),
    read: sql<{ position: number; event: string }>(
      'SELECT position, event FROM events WHERE topic = ? AND part = ? AND position > ? ORDER BY position LIMIT ?',
    ),
    follow: sql<{ position: number; partition: number; event: string }>(
      'SELECT position, part AS partition, event FROM events WHERE position > ? ORDER BY position LIMIT ?',
    ),
    offset: sql<{ position: number } | undefined>(
      'SELECT position FROM offsets WHERE grp = ? AND topic = ? AND part = ?',
    ),
    keep: sql<never>(
      `INSERT INTO offsets (grp, topic, part, position) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET position = excluded.position`,
    ),
    rewind: sql<never>('UPDATE offsets SET position = 0 WHERE grp = ?'),
    bury: sql<never>(
      `INSERT INTO dead_letters (grp, event_id, letter) VALUES (?, ?, ?)
       ON CONFLICT DO UPDATE SET letter = excluded.letter`,
    ),
    letters: sql<{ letter: string }>('SELECT letter FROM dead_letters ORDER BY rowid'),
    unbury: sql<never>('DELETE FROM dead_letters WHERE grp = ? AND event_id = ?'),
    replay: sql<never>('INSERT INTO replays (grp, topic, part, event) VALUES (?, ?, ?, ?)'),
    replays: sql<{ count: number }>('SELECT count(*) AS count FROM replays'),
    replayed: sql<{ position: number; event: string }>(
      'SELECT position, event FROM replays WHERE grp = ? AND topic = ? AND part = ? ORDER BY position',
    ),
    replayDone: sql<never>('DELETE FROM replays WHERE position = ?'),
    // As on Kafka: where a group has kept no place of a topic that it reads, it is behind by all that is there.
    lag: sql<GroupLag>(
      `SELECT g.grp AS "group", g.topic, p.value AS partition,
              (SELECT count(*) FROM events e
               WHERE e.topic = g.topic AND e.part = p.value AND e.position > coalesce(
                 (SELECT o.position FROM offsets o
                  WHERE o.grp = g.grp AND o.topic = g.topic AND o.part = p.value), 0)) AS behind
       FROM (SELECT DISTINCT grp, topic FROM offsets) g, json_each(?) p`,
    ),
  };
}
