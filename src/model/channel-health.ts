/**
 * Why a business number sends nothing, or (`rate`) less than it should.
 * - `access`: WhatsApp refuses the contact centre's token, or the token may not use the number.
 * - `restricted`: WhatsApp has locked or restricted the business account.
 * - `payment`: WhatsApp waits for a payment method, or a payment.
 * - `registration`: the number is not registered with WhatsApp.
 * - `outage`: WhatsApp does not answer, or has trouble of its own.
 * - `rate`: WhatsApp turns the number's messages away again and again because they are too many.
 * - `other`: what a newer gateway names and this version does not know.
 */
export type SendingTrouble =
  'access' | 'restricted' | 'payment' | 'registration' | 'outage' | 'rate' | 'other';

/** Whether a business number sends. Messages wait meanwhile, and go by themselves afterwards. */
export interface ChannelHealth {
  /** The Cloud API's phone_number_id. */
  readonly channel: string;
  /** null: all is well. */
  readonly trouble: SendingTrouble | null;
  /** WhatsApp's error code, for operators; null when all is well. */
  readonly code: number | null;
  /** Since when it is so, milliseconds since the epoch. */
  readonly since: number;
}
