import { registerEnumType } from 'type-graphql';

export enum Channel {
  IN_APP = 'IN_APP',
  EMAIL = 'EMAIL',
  SMS = 'SMS',
}

registerEnumType(Channel, {
  name: 'Channel',
  description: 'A way to reach somebody.',
  valuesConfig: {
    IN_APP: { description: 'The list in the app, and its live updates.' },
    EMAIL: { description: "The account's e-mail address." },
    SMS: { description: 'A text message, where the account has a phone number.' },
  },
});
