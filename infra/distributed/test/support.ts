import { appendFileSync } from 'node:fs';
import { startDistributed, type Distributed, type DistributedOptions } from '../src/distributed.ts';
import { makeScratch, type Scratch, type Servers } from '../src/scratch.ts';

/** All of Crema in processes of its own, on scratch databases. */
export interface TestDistributed extends Distributed {
  readonly scratch: Scratch;
  /** What all processes have said so far. */
  output(): string;
  /** Ends everything and removes what was made. */
  remove(): Promise<void>;
}

/** Starts it on free ports with the demo data. `CREMA_TEST_LOG` names a file that gets what the processes say. */
export async function startTest(
  servers: Servers,
  options: Partial<DistributedOptions> = {},
): Promise<TestDistributed> {
  const scratch = await makeScratch(servers);
  let output = '';
  const logFile = process.env['CREMA_TEST_LOG'];
  const write = (text: string) => {
    output += text;
    if (logFile) appendFileSync(logFile, text);
  };
  const env = {
    PATH: process.env['PATH'],
    LOG_LEVEL: 'info',
    // A few people ask for very many.
    RATE_PER_ADDRESS: 'off',
    RATE_PER_USER: 'off',
    ...scratch.env,
    ...options.env,
  };
  try {
    const distributed = await startDistributed({
      ...options,
      port: 0,
      folder: scratch.folder,
      env,
      write,
    });
    return {
      ...distributed,
      scratch,
      output: () => output,
      remove: async () => {
        await distributed.close();
        await scratch.remove();
      },
    };
  } catch (error) {
    await scratch.remove();
    throw new Error(`${(error as Error).message}\n${output.slice(-4_000)}`, { cause: error });
  }
}

const LINES_TOLD = 40;

/** `it` whose tests, when they fail, tell what the processes have warned of. */
export const itExplains =
  (test: () => TestDistributed) => (name: string, work: () => Promise<void>, limitMs: number) =>
    it(
      name,
      async () => {
        try {
          await work();
        } catch (error) {
          throw new Error(`${(error as Error).message}\n${warningsIn(test().output())}`, {
            cause: error,
          });
        }
      },
      limitMs,
    );

/** The last warnings and errors, with the lines that say more of them. */
const warningsIn = (output: string): string =>
  output
    .split('\n')
    .filter((line) => / \| +(\S+ (warn|error) | )/.test(line))
    .slice(-LINES_TOLD)
    .join('\n');

/** Tries again until it does not throw; after the deadline throws what it threw last. */
export async function eventually<Result>(
  work: () => Promise<Result>,
  deadlineMs = 30_000,
): Promise<Result> {
  const end = Date.now() + deadlineMs;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
