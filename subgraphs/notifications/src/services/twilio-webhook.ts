import type { HttpRoute } from '@crema/kit';
import { Channel } from '../entities/channel.ts';
import type { DeliveryReports } from './delivery-reports.ts';
import { UNDELIVERABLE_CODES, type TwilioSettings } from './twilio-provider.ts';
import { headerOf, UnsignedError, webhook, type WebhookRequest } from './webhook.ts';

/**
 * Twilio's status callbacks: https://www.twilio.com/docs/messaging/guides/track-outbound-message-status. The
 * signature is of the address that Twilio called, so `statusCallback` must be it to the letter.
 */
export const twilioWebhook = (
  { authToken }: Pick<TwilioSettings, 'authToken'>,
  statusCallback: string,
  reports: DeliveryReports,
): HttpRoute =>
  webhook('/webhooks/twilio', async (request) => {
    const form = new URLSearchParams(request.body);
    if (!(await isSigned(request, form, authToken, statusCallback))) throw new UnsignedError();
    const to = form.get('To');
    const status = form.get('MessageStatus') ?? '';
    if (to === null || !['failed', 'undelivered'].includes(status)) return;
    const code = Number(form.get('ErrorCode') ?? Number.NaN);
    await reports.undelivered({
      channel: Channel.SMS,
      address: to,
      deliveryId: new URLSearchParams(request.search).get('delivery'),
      isForGood: UNDELIVERABLE_CODES.has(code),
      code: Number.isNaN(code) ? status : `${status}/${code}`,
    });
  });

async function isSigned(
  { headers, search }: WebhookRequest,
  form: URLSearchParams,
  authToken: string,
  statusCallback: string,
): Promise<boolean> {
  const signature = headerOf(headers, 'x-twilio-signature');
  if (signature === undefined) return false;
  const { default: twilio } = await import('twilio');
  const parameters = Object.fromEntries([...form.keys()].map((name) => [name, form.getAll(name)]));
  return twilio.validateRequest(authToken, signature, statusCallback + search, single(parameters));
}

/** A parameter that came once is its value. */
const single = (parameters: Record<string, string[]>): Record<string, string | string[]> =>
  Object.fromEntries(
    Object.entries(parameters).map(([name, values]) => [
      name,
      values.length === 1 ? values[0]! : values,
    ]),
  );
