import { FakeClock } from '@crema/kit/testing';
import { NotSent } from '../src/services/message-provider.ts';
import type { ProviderUnderTest } from './provider-contract.ts';
import { mailMessage } from './provider-sendgrid.ts';
import { headerOf, openSmtp, smtpAt } from './provider-smtp.ts';

const clock = new FakeClock();
const portOf = ({ url }: ProviderUnderTest): number => Number(new URL(url).port);

describe('mail to a server', () => {
  let server: ProviderUnderTest & { readonly raw?: readonly string[] };

  afterEach(() => server.close());

  it('says who it is from, which message it is and that no person wrote it', async () => {
    server = await openSmtp(clock);
    await server.provider.send(mailMessage);
    await server.provider.send(mailMessage);
    const [first, second] = server.raw!;
    expect(headerOf(first!, 'Auto-Submitted')).toBe('auto-generated');
    expect(headerOf(first!, 'Message-ID')).toMatch(/^<[0-9a-f-]{36}@crema\.example>$/);
    expect(headerOf(second!, 'Message-ID')).toBe(headerOf(first!, 'Message-ID'));
    expect(first).toContain('multipart/alternative');
  });

  it('goes to one address, whatever is in the address or the subject', async () => {
    server = await openSmtp(clock);
    await server.provider.send({
      ...mailMessage,
      subject: 'Hello\r\nBcc: eve@crema.test\r\n\r\n<b>',
    });
    expect(server.taken[0]!.to).toEqual(['ada@crema.test']);
    expect(headerOf(server.raw![0]!, 'Bcc')).toBeNull();

    const several = 'ada@crema.test, eve@crema.test';
    await expect(server.provider.send({ ...mailMessage, to: several })).rejects.toThrow(Error);
    const injected = 'ada@crema.test>\r\nRCPT TO:<eve@crema.test';
    const error = await server.provider.send({ ...mailMessage, to: injected }).catch((e) => e);
    expect(error).toBeInstanceOf(NotSent);
    expect(error).toMatchObject({ fault: 'ADDRESS', isTemporary: false });
    expect(server.taken.map(({ to }) => to)).toEqual([['ada@crema.test']]);
  });

  it('waits when the certificate of the server is nobody’s word', async () => {
    // smtp-server warns of its certificate, which is what the test needs it for.
    const warning = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    server = await openSmtp(clock, true);
    warning.mockRestore();
    const error = await server.provider.send(mailMessage).catch((e) => e);
    expect(error).toBeInstanceOf(NotSent);
    expect(error).toMatchObject({ isTemporary: true });
    expect(server.taken).toEqual([]);
  });

  it('does not log in where anybody could listen', async () => {
    server = await openSmtp(clock);
    const provider = smtpAt(portOf(server), clock, { requiresTls: true });
    const error = await provider.send(mailMessage).catch((e) => e);
    expect(error).toBeInstanceOf(NotSent);
    expect(error).toMatchObject({ isTemporary: true });
    expect(server.taken).toEqual([]);
  });

  it('needs no login where none is wanted', async () => {
    server = await openSmtp(clock);
    const provider = smtpAt(portOf(server), clock, { login: null });
    // This server wants one: that is ours to put right.
    await expect(provider.send(mailMessage)).rejects.toMatchObject({ fault: 'SETTINGS' });
  });
});
