// The thread between the router, which waits for each answer, and the process that plans, which may end over a request.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { workerData } from 'node:worker_threads';

const { port, told } = workerData;
const program = fileURLToPath(new URL('./planner-process.js', import.meta.url));

let child = start();
/** The request that is under way. */
let asked;

port.on('message', (request) => {
  if (request.isGivenUp || request.isLast) {
    child?.kill('SIGKILL');
    // Whoever asks next must not meet its end.
    child = undefined;
    // The thread ends by itself when the process has.
    if (request.isLast) port.close();
    return;
  }
  asked = request.number;
  child ??= start();
  // Where it cannot be sent any more, the end of the process tells.
  child.send(request, () => {});
});

function start() {
  const started = fork(program, {
    execArgv: [],
    env: {},
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  // What was given up may have been answered meanwhile.
  started.on('message', (reply) => started === child && tell(reply));
  started.on('error', (reason) => ended(started, reason.message));
  started.on('exit', (code, signal) => ended(started, signal ?? `code ${code}`));
  return started;
}

function ended(process, how) {
  if (process !== child) return;
  child = undefined;
  if (asked === undefined) return;
  tell({ number: asked, failure: `The planner's process ended: ${how}` });
  child = start();
}

function tell(reply) {
  asked = undefined;
  port.postMessage(reply);
  Atomics.add(told, 0, 1);
  Atomics.notify(told, 0);
}
