import { createMailer, type Mailer } from '../platform/mail/mailer.ts';
import type { LiveConfig } from './live-config.ts';

/** The mailer of the settings as they are now. */
export class CurrentMailer {
  #settings: LiveConfig['mail'];
  #mailer: Mailer | undefined;

  /** Mails on their way end with the connection they began on. */
  follow(settings: LiveConfig['mail']): void {
    if (this.#settings?.url === settings?.url && this.#settings?.from === settings?.from) return;
    this.#mailer?.close();
    this.#settings = settings;
    this.#mailer = settings && createMailer(settings);
  }

  get mailer(): Mailer | undefined {
    return this.#mailer;
  }

  close(): void {
    this.follow(undefined);
  }
}
