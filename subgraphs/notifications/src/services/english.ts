import type { Formats } from './formats.ts';
import type { Texts } from './texts.ts';

const at = (cafe: string | null): string => (cafe === null ? '' : ` at ${cafe}`);

const PIECES = { one: 'piece', other: 'pieces' };

export const english = ({ money, quantity, time }: Formats): Texts => ({
  notifications: {
    ORDER_CONFIRMED: ({ number, cafe, total, pickupAt, timeZone }) => ({
      title: `Order ${number} is confirmed`,
      body: `Your order ${number}${at(cafe)} is confirmed and ${money(total)} is paid. ${
        pickupAt === null
          ? 'You will hear from us when it is ready.'
          : `Pick it up on ${time(pickupAt, timeZone)}; you will hear from us when it is ready.`
      }`,
    }),
    ORDER_READY: ({ number, cafe }) => ({
      title: `Order ${number} is ready`,
      body: `Your order ${number} is ready to collect${at(cafe)}.`,
    }),
    ORDER_REJECTED: ({ number, cafe, message }) => ({
      title: `Order ${number} could not be accepted`,
      body: `Your order ${number}${at(cafe)} could not be accepted. ${message}`,
    }),
    ORDER_CANCELLED: ({ number, cafe, message }) => ({
      title: `Order ${number} was cancelled`,
      body: `Your order ${number}${at(cafe)} was cancelled. ${message}`,
    }),
    ORDER_REFUNDED: ({ amount }) => ({
      title: `${money(amount)} refunded`,
      body: `${money(amount)} of your order is back in your wallet.`,
    }),
    WALLET_FUNDED: ({ amount }) => ({
      title: `${money(amount)} added to your wallet`,
      body: `Your deposit of ${money(amount)} is in your wallet.`,
    }),
    TRANSFER_RECEIVED: ({ amount, sender, note }) => ({
      title: `${sender ?? 'Somebody'} sent you ${money(amount)}`,
      body: `${sender ?? 'Somebody'} sent ${money(amount)} to your wallet.${note ? ` They wrote: ${note}` : ''}`,
    }),
    PASSWORD_RESET: () => ({
      title: 'A code to reset your password',
      body: 'We sent a code to reset your password to your e-mail address. If you did not ask for it, you need do nothing.',
    }),
    LOW_STOCK: ({ cafe, ingredient, unit, available, reorderPoint }) => ({
      title: `${ingredient} is running low${at(cafe)}`,
      body: `${quantity(available, unit, PIECES)} of ${ingredient} left${at(cafe)}; the reorder point is ${quantity(reorderPoint, unit, PIECES)}.`,
    }),
  },

  passwordReset: (code, minutes) => ({
    title: 'Your code to reset your password',
    body: `Your code is ${code}. It can be used once, within ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}. If you did not ask for it, you need do nothing; tell the code to nobody.`,
  }),

  greeting: (name) => `Hello ${name},`,
});
