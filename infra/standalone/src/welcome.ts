import { stableId } from '@crema/kit';

/** What of the running whole the welcome tells. */
export interface WelcomeFacts {
  readonly mode: 'development' | 'production';
  readonly demo: boolean;
  /** Where the data is. */
  readonly data: string;
  /** The page of sent messages. */
  readonly outbox: string;
}

/** What a person reads who has just started Crema. */
export function welcome(
  graphqlUrl: string,
  { mode, demo, data, outbox }: WelcomeFacts,
  password: string,
  seconds: string,
): string {
  const base = graphqlUrl.replace(/\/graphql$/, '');
  const pages =
    mode === 'development'
      ? [
          `  Apollo Sandbox      ${base}/`,
          `  GraphiQL (offline)  ${base}/graphiql`,
          `  sent messages       ${outbox}`,
        ]
      : [];
  return [
    `Crema is ready after ${seconds} s. Data: ${data}`,
    '',
    `  GraphQL             ${graphqlUrl}  (subscriptions: the same with ws://)`,
    ...pages,
    ...(demo ? demoText(password) : []),
    '',
    'Ctrl-C stops it.',
  ].join('\n');
}

const demoText = (password: string): string[] => [
  '',
  'Sign in as customer@crema.test, barista@crema.test, manager@crema.test or admin@crema.test;',
  `the password is ${password}. Then send the accessToken as "Authorization: Bearer …".`,
  '',
  'Three to try:',
  '',
  '  { cafes { nodes { id name acceptsOrders currentWaitMinutes menu { sections { category { name } items { price { amount } product { name } } } } } } }',
  '',
  `  mutation { signIn(input: { email: "customer@crema.test", password: "${password}" }) { accessToken user { id name } userErrors { message } } }`,
  '',
  `  mutation { placeOrder(input: { idempotencyKey: "my-first-order", order: { cafeId: "${stableId('cafe/lower-manhattan')}",`,
  `    lines: [{ productId: "${stableId('product/flat-white')}", quantity: 1 }] } }) { order { id number status total { amount } } userErrors { code message } } }`,
];
