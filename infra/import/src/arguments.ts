import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ImportError } from './import-error.ts';

export const USAGE = `npm run import:sales -- FILE.csv[.gz] [options]

  --dry-run        says what would be made and counted, and changes nothing
  --mapping FILE   YAML: which café stands for a store, which product for a product
  --sell           puts products that are taken in on the menu; else they are known and archived
  --report FILE    where lines that are left out are written; FILE.csv.bad-rows.csv unless told`;

export interface Arguments {
  readonly file: string;
  readonly isDryRun: boolean;
  readonly isSold: boolean;
  readonly mapping: string | undefined;
  readonly report: string;
}

/** Throws ImportError, with the usage, for what is no command. */
export function readArguments(argv: readonly string[]): Arguments {
  const { values, positionals } = parsed(argv);
  const [file, ...more] = positionals;
  if (file === undefined) throw new ImportError(USAGE);
  if (more.length > 0) throw new ImportError(`One file at a time.\n${USAGE}`);
  const report = values.report ?? `${file}.bad-rows.csv`;
  if (resolve(report) === resolve(file)) throw new ImportError('--report names the file itself.');
  return {
    file,
    isDryRun: values['dry-run'] ?? false,
    isSold: values.sell ?? false,
    mapping: values.mapping,
    report,
  };
}

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        'dry-run': { type: 'boolean' },
        sell: { type: 'boolean' },
        mapping: { type: 'string' },
        report: { type: 'string' },
      },
    });
  } catch (error) {
    throw new ImportError(`${(error as Error).message}\n${USAGE}`);
  }
}
