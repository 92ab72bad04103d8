import { createTransport } from 'nodemailer';

export interface Mail {
  /** Names this mail for good: sent again, it has the same one, and a receiver may drop the repeat (RFC 5322 §3.6.4). */
  id: string;
  to: string;
  subject: string;
  text: string;
}

export interface Mailer {
  /** Resolves when the mail server has taken it; rejects when it did not, or when that is not known. */
  send(mail: Mail): Promise<void>;
  close(): void;
}

const PATIENCE = 15_000;

/** Sends plain text through an SMTP server, `smtp://` or `smtps://` with the account in the address. */
export function createMailer({ url, from }: { url: string; from: string }): Mailer {
  const { hostname, username } = new URL(url);
  const transport = createTransport({
    url,
    // A password is not sent in the clear over a network.
    requireTLS: username !== '' && !/^(localhost|127\.[\d.]+|\[::1\])$/.test(hostname),
    connectionTimeout: PATIENCE,
    greetingTimeout: PATIENCE,
    socketTimeout: PATIENCE,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const domain = /@([^\s>]+)/.exec(from)?.[1] ?? 'vakhta';
  return {
    async send({ id, to, subject, text }) {
      await transport.sendMail({
        from,
        // As an address, not as text: what a person typed adds no second receiver.
        to: { name: '', address: to },
        subject,
        text,
        messageId: `<${id}@${domain}>`,
        // No out-of-office answers (RFC 3834 §5).
        headers: { 'Auto-Submitted': 'auto-generated' },
      });
    },
    close: () => transport.close(),
  };
}
