import type { Canceller } from '../../system/cancellation.ts';
import type { ServerResponse } from 'node:http';
import type { AnswerInParts } from '../../answer-in-parts.ts';
import type { AnswerPart } from '../../execution/run.ts';
import { setHeadersOf } from './http-answer.ts';
import { answerPart, partsFormat } from './multipart-format.ts';
import { StreamingResponse, type StreamingOptions } from './streaming-response.ts';
import { told } from './told.ts';

/**
 * Sends the parts of an answer as they come. Rejects when nothing of it was told; what goes wrong after that is the last part.
 */
export async function sendInParts(
  response: ServerResponse,
  answer: AnswerInParts,
  controller: Canceller,
  requestId: string,
  options: StreamingOptions,
): Promise<void> {
  let stream: StreamingResponse | undefined;
  const open = (first: AnswerPart): StreamingResponse => {
    setHeadersOf(first, response);
    return new StreamingResponse(response, partsFormat, options, () => {});
  };
  try {
    await answer(controller, (part) => {
      if (response.destroyed) return;
      stream ??= open(part);
      stream.write(answerPart(part.json));
      if (part.isLast) stream.end(partsFormat.completion);
    });
  } catch (thrown) {
    if (!stream) throw thrown;
    stream.end(partsFormat.failure(told(thrown, requestId, options.log).errors));
  }
}
