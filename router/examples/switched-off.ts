import { RequestError, type OnRequest } from '@crema/router';

/**
 * Refuses operations by their name while something is amiss, without a new release of the clients:
 * `SWITCHED_OFF_OPERATIONS=PlaceOrder,Refund npm run router -- --config router.yaml` with `hooks: router/examples/switched-off.ts`.
 */
export const onRequest: OnRequest = ({ request: { operationName } }) => {
  const switchedOff = (process.env['SWITCHED_OFF_OPERATIONS'] ?? '').split(',');
  if (operationName === undefined || !switchedOff.includes(operationName)) return;
  const message = 'This is switched off for the moment';
  throw new RequestError([{ message, extensions: { code: 'SWITCHED_OFF' } }], 503);
};
