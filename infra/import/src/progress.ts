import { Presets, SingleBar } from 'cli-progress';

/** How far one step of the import is. */
export interface Progress {
  begin(step: string, total: number): void;
  reach(done: number): void;
  end(): void;
}

/** A bar on a terminal, and a line now and then where there is none. */
export const progressOn = (stream: NodeJS.WriteStream): Progress =>
  stream.isTTY ? barOn(stream) : linesOn(stream);

function barOn(stream: NodeJS.WriteStream): Progress {
  const format = '{step} {bar} {percentage} % · {eta_formatted} to go';
  const bar = new SingleBar({ stream, format, hideCursor: true }, Presets.shades_classic);
  return {
    begin: (step, total) => bar.start(total, 0, { step: step.padEnd(10) }),
    reach: (done) => bar.update(done),
    end: () => {
      bar.update(bar.getTotal());
      bar.stop();
    },
  };
}

const TENTHS = 10;

function linesOn(stream: NodeJS.WriteStream): Progress {
  let step = '';
  let total = 0;
  let told = 0;
  const reach = (done: number) => {
    const tenth = total === 0 ? TENTHS : Math.floor((done * TENTHS) / total);
    if (tenth <= told) return;
    told = tenth;
    stream.write(`${step}: ${tenth * TENTHS} %\n`);
  };
  return {
    begin: (nextStep, nextTotal) => {
      [step, total, told] = [nextStep, nextTotal, 0];
    },
    reach,
    end: () => reach(total),
  };
}
