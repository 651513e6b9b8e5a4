import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import {
  ConfigError,
  metaOf,
  nearestTo,
  type Given,
  type Problem,
  type Settings,
} from '@crema/config';
import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Node, type YAMLMap } from 'yaml';
import type { z } from 'zod';
import { layoutOf, type Layout } from './layout.ts';

/**
 * Reads a router.yaml for these settings: what stands in it is the text of each. Paths in it are taken from its folder. `named` is
 * what told of the file. Throws ConfigError with every wrong key, and the right one where it is near.
 */
export function readRouterYaml(shape: z.ZodObject, path: string, named: string): Settings {
  return new RouterYaml(shape, path, named).settings;
}

class RouterYaml {
  readonly settings = new Map<string, Given>();
  private readonly problems: Problem[] = [];
  private readonly lines = new LineCounter();

  constructor(
    private readonly shape: z.ZodObject,
    private readonly path: string,
    named: string,
  ) {
    const document = parseDocument(this.text(named), { lineCounter: this.lines });
    for (const { message, pos } of document.errors) {
      const [what = ''] = message.split(/ at line | \(/, 1);
      this.wrong(`${path}:${this.lines.linePos(pos[0]).line}`, what);
    }
    const { contents } = document;
    if (document.errors.length > 0) throw new ConfigError(this.problems);
    if (isMap(contents)) this.readGroup(contents, layoutOf(shape), []);
    else if (contents !== null) this.wrong(path, 'must have a key: value on each line');
    if (this.problems.length > 0) throw new ConfigError(this.problems);
  }

  private text(named: string): string {
    try {
      return readFileSync(this.path, 'utf8');
    } catch (thrown) {
      const { code, message } = thrown as NodeJS.ErrnoException;
      const reason = code === 'ENOENT' ? 'there is no such file' : message;
      throw new ConfigError([
        { settings: [named], message: `cannot read ${this.path}: ${reason}` },
      ]);
    }
  }

  private readGroup(map: YAMLMap, layout: Layout, above: readonly string[]): void {
    for (const { key, value } of map.items as { key: unknown; value: Node | null }[]) {
      const name = isScalar(key) ? String(key.value) : '?';
      const keys = [...above, name];
      const meant = layout.get(name);
      const where = `${this.path}:${this.lineOf(key)}`;
      if (meant === undefined) {
        this.wrong(keys.join('.'), `is no key${hint(name, layout, above)} (${where})`);
      } else if (typeof meant === 'string') {
        this.take(meant, keys.join('.'), value, where);
      } else if (isMap(value)) {
        this.readGroup(value, meant, keys);
      } else if (value !== null && !(isScalar(value) && value.value === null)) {
        this.wrong(keys.join('.'), `must have keys: ${[...meant.keys()].join(', ')} (${where})`);
      }
    }
  }

  private take(setting: string, key: string, value: Node | null, where: string): void {
    const { isList, isPath, structure } = metaOf(this.shape.shape[setting] as z.ZodType);
    const isEmpty = value === null || (isScalar(value) && value.value === null);
    if (isEmpty) return;
    const text = structure
      ? JSON.stringify(value.toJSON())
      : isScalar(value)
        ? String(value.value)
        : isList && isSeq(value)
          ? value.items.map((item) => (isScalar(item) ? String(item.value) : '?')).join(',')
          : undefined;
    if (text === undefined) {
      this.wrong(key, `must be ${isList ? 'a list of texts' : 'one value'} (${where})`);
      return;
    }
    const isFile = isPath && !/^https?:/.test(text);
    const given = isFile ? resolve(dirname(this.path), text) : text;
    this.settings.set(setting, { value: given, origin: `${where} ${key}` });
  }

  private lineOf(node: unknown): number | string {
    const offset = (node as Node | null)?.range?.[0];
    return offset === undefined ? '?' : this.lines.linePos(offset).line;
  }

  private wrong(what: string, message: string): void {
    this.problems.push({ settings: [what], message });
  }
}

/** What was probably meant: a key that is written much alike, here or in a group, or the one that stands elsewhere. */
function hint(name: string, layout: Layout, above: readonly string[]): string {
  const here = nearestTo(name, [...layout.keys()]);
  return here ? `; did you mean ${[...above, here].join('.')}?` : '';
}
