import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { ConfigError, type Problem } from './config-error.ts';
import { settingsFrom, type Settings } from './settings.ts';

/** `NAME=VALUE`, where a quoted value may have several lines. */
const ASSIGNMENT =
  /^[ \t]*(?:export[ \t]+)?([A-Za-z_][\w.-]*)[ \t]*=[ \t]*(?:"[^"]*"|'[^']*'|`[^`]*`)?[^\n]*$/gm;

/**
 * Reads a file of lines `NAME=VALUE` with `#` comments, in the syntax of Node's own `--env-file`. Throws ConfigError
 * when it cannot be read, naming `named`, the setting that names the file, or when a line is none of these.
 */
export function readEnvFile(path: string, named: string): Settings {
  const text = textOf(path, named).replace(/\r\n?/g, '\n');
  const lineAt = (index: number): number => text.slice(0, index).split('\n').length;
  const assignments = [...text.matchAll(ASSIGNMENT)];

  const stray = strayLines(text, assignments);
  if (stray.length > 0) {
    throw new ConfigError(
      stray.map((line): Problem => ({
        settings: [`${path}:${line}`],
        message: 'must be NAME=VALUE, or a comment that begins with #',
      })),
    );
  }
  const lines = new Map(assignments.map(({ 1: name, index }) => [name!, lineAt(index)]));
  return settingsFrom(parseEnv(text), (name) => `${path}:${lines.get(name) ?? '?'}`);
}

function textOf(path: string, named: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason = code === 'ENOENT' ? 'there is no such file' : message;
    throw new ConfigError([{ settings: [named], message: `cannot read ${path}: ${reason}` }]);
  }
}

/** The numbers of the lines that belong to no assignment, are not empty and no comment. */
function strayLines(text: string, assignments: readonly RegExpExecArray[]): readonly number[] {
  const rest = assignments.reduceRight(
    (left, { 0: found, index }) =>
      left.slice(0, index) + found.replace(/[^\n]/g, '') + left.slice(index + found.length),
    text,
  );
  return rest.split('\n').flatMap((line, index) => (/^\s*(#.*)?$/.test(line) ? [] : [index + 1]));
}
