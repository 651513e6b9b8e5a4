import type { Formats } from './formats.ts';
import type { ClosedReason, Texts } from './texts.ts';

const at = (cafe: string | null): string => (cafe === null ? '' : ` en ${cafe}`);

const PIECES = { one: 'unidad', other: 'unidades' };

interface Closing {
  readonly reason: ClosedReason;
  readonly detail: string | null;
  readonly wasPaid: boolean;
}

function why({ reason, detail, wasPaid }: Closing): string {
  const money = wasPaid
    ? 'Te estamos devolviendo el dinero a tu monedero.'
    : 'No se te ha cobrado nada.';
  switch (reason) {
    case 'OUT_OF_STOCK':
      return `Lo sentimos: se nos acaba de terminar ${detail ?? 'algo de tu pedido'}. ${money}`;
    case 'INSUFFICIENT_FUNDS':
      return `No hay saldo suficiente en tu monedero. ${money}`;
    case 'CAFE_CLOSED':
      return `Lo sentimos: la cafetería ha cerrado. ${money}`;
    case 'CANCELLED_BY_CUSTOMER':
      return `Lo has cancelado tú${detail === null ? '' : ` (${withoutStop(detail)})`}. ${money}`;
    case 'CANCELLED_BY_CAFE':
      return `Lo sentimos: la cafetería ha tenido que cancelarlo${detail === null ? '' : ` (${withoutStop(detail)})`}. ${money}`;
    case 'TIMED_OUT':
      return 'Lo sentimos: no hemos podido aceptarlo a tiempo. Si se te ha cobrado algo, te lo estamos devolviendo a tu monedero.';
    case 'NOT_COLLECTED':
      return 'Estaba listo, pero nadie vino a recogerlo. Si no es así, habla con la cafetería.';
  }
}

const withoutStop = (text: string): string => text.replace(/[.!]+$/, '');

export const spanish = ({ money, quantity, time }: Formats): Texts => ({
  notifications: {
    ORDER_CONFIRMED: ({ number, cafe, total, pickupAt, timeZone }) => ({
      title: `El pedido ${number} está confirmado`,
      body: `Tu pedido ${number}${at(cafe)} está confirmado y has pagado ${money(total)}. ${
        pickupAt === null
          ? 'Te avisaremos cuando esté listo.'
          : `Recógelo el ${time(pickupAt, timeZone)}; te avisaremos cuando esté listo.`
      }`,
    }),
    ORDER_READY: ({ number, cafe }) => ({
      title: `El pedido ${number} está listo`,
      body: `Tu pedido ${number} está listo para recoger${at(cafe)}.`,
    }),
    ORDER_REJECTED: ({ number, cafe, ...closing }) => ({
      title: `No hemos podido aceptar el pedido ${number}`,
      body: `No hemos podido aceptar tu pedido ${number}${at(cafe)}. ${why(closing)}`,
    }),
    ORDER_CANCELLED: ({ number, cafe, ...closing }) => ({
      title: `El pedido ${number} se ha cancelado`,
      body: `Tu pedido ${number}${at(cafe)} se ha cancelado. ${why(closing)}`,
    }),
    ORDER_REFUNDED: ({ amount }) => ({
      title: `Te hemos devuelto ${money(amount)}`,
      body: `${money(amount)} de tu pedido están de nuevo en tu monedero.`,
    }),
    WALLET_FUNDED: ({ amount }) => ({
      title: `${money(amount)} más en tu monedero`,
      body: `Tu ingreso de ${money(amount)} está en tu monedero.`,
    }),
    TRANSFER_RECEIVED: ({ amount, sender, note }) => ({
      title: `${sender ?? 'Alguien'} te ha enviado ${money(amount)}`,
      body: `${sender ?? 'Alguien'} ha enviado ${money(amount)} a tu monedero.${note ? ` Te ha escrito: ${note}` : ''}`,
    }),
    PASSWORD_RESET: () => ({
      title: 'Un código para cambiar tu contraseña',
      body: 'Te hemos enviado por correo un código para cambiar tu contraseña. Si no lo has pedido, no tienes que hacer nada.',
    }),
    LOW_STOCK: ({ cafe, ingredient, unit, available, reorderPoint }) => ({
      title: `Queda poco: ${ingredient}${at(cafe)}`,
      body: `Existencias de ${ingredient}${at(cafe)}: ${quantity(available, unit, PIECES)}; el punto de pedido es ${quantity(reorderPoint, unit, PIECES)}.`,
    }),
  },

  passwordReset: (code, minutes) => ({
    title: 'Tu código para cambiar la contraseña',
    body: `Tu código es ${code}. Se puede usar una sola vez, en los próximos ${minutes} ${minutes === 1 ? 'minuto' : 'minutos'}. Si no lo has pedido, no tienes que hacer nada; no le digas el código a nadie.`,
  }),

  greeting: (name) => `Hola, ${name}:`,
});
