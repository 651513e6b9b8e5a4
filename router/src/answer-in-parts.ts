import type { Canceller } from './system/cancellation.ts';
import type { ExecutableDeferral } from './execution/executor.ts';
import type { AnswerPart, ExecutionRequest } from './execution/run.ts';

/** Answers a request part by part. Rejects with a `RequestError` when its time is up or it cannot go on. */
export type AnswerInParts = (
  /** Gives the request up. Aborts by itself after the last part, when nobody needs what still runs. */
  controller: Canceller,
  tell: (part: AnswerPart) => void,
) => Promise<void>;

/** Runs a query and passes the parts of its answer on in their order, each when it is finished. */
export async function tellInParts(
  executable: ExecutableDeferral,
  request: ExecutionRequest,
  finish: (part: AnswerPart, isFirst: boolean) => Promise<AnswerPart>,
  controller: Canceller,
  tell: (part: AnswerPart) => void,
): Promise<void> {
  let isFirst = true;
  let told = Promise.resolve();
  const pass = async (part: AnswerPart, isFirstPart: boolean): Promise<void> => {
    tell(await finish(part, isFirstPart));
    if (part.isLast) controller.abort();
  };
  await executable.execute(request, (part) => {
    const isFirstPart = isFirst;
    isFirst = false;
    told = told.then(() => pass(part, isFirstPart));
    told.catch(() => controller.abort());
  });
  await told;
}
