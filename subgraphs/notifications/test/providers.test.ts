import { describeProvider } from './provider-contract.ts';
import { sendGridKind } from './provider-sendgrid.ts';
import { smtpKind } from './provider-smtp.ts';
import { twilioKind } from './provider-twilio.ts';

describeProvider(twilioKind);
describeProvider(sendGridKind);
describeProvider(smtpKind);
