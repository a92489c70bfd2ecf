import { createHmac } from 'node:crypto';

export const APP_SECRET = 'app-secret';
export const CHANNEL = '106540352242922';

/** A person with a phone. */
export interface Person {
  readonly phone?: string;
  readonly bsuid?: string;
  readonly name?: string;
  readonly username?: string;
}

export const MARIA: Person = { phone: '34600111222', name: 'María' };

let count = 0;

/** An id as WhatsApp makes them. */
export function newWamid(): string {
  count++;
  return `wamid.${process.pid}.${count}`;
}

export interface TextOptions {
  readonly wamid?: string;
  /** Seconds since the epoch; now by default. */
  readonly at?: number;
  readonly channel?: string;
  /** Fields that replace those of a text message. */
  readonly message?: object;
}

/** One change of a webhook: a text message of a contact. */
export function textChange(person: Person, text: string, options: TextOptions = {}): object {
  const { wamid = newWamid(), at = Math.floor(Date.now() / 1000), channel = CHANNEL } = options;
  const message = {
    ...(person.phone === undefined ? {} : { from: person.phone }),
    ...(person.bsuid === undefined ? {} : { from_user_id: person.bsuid }),
    id: wamid,
    timestamp: String(at),
    type: 'text',
    text: { body: text },
    ...options.message,
  };
  return change(channel, { contacts: [contactOf(person)], messages: [message] });
}

export interface StatusOptions {
  readonly wamid: string;
  readonly status: string;
  readonly clientId?: string;
  readonly channel?: string;
  /** Seconds since the epoch. */
  readonly at?: number;
  /** Whom it was sent to; not told by default. */
  readonly person?: Person;
  readonly error?: { readonly code: number; readonly title: string };
}

/** One change of a webhook: what became of a message. */
export function statusChange({
  wamid,
  status,
  clientId,
  channel = CHANNEL,
  at,
  person,
  error,
}: StatusOptions): object {
  return change(channel, {
    statuses: [
      {
        id: wamid,
        status,
        timestamp: String(at ?? Math.floor(Date.now() / 1000)),
        ...(person && { recipient_id: person.phone }),
        ...(clientId === undefined ? {} : { biz_opaque_callback_data: clientId }),
        ...(error === undefined ? {} : { errors: [error] }),
      },
    ],
  });
}

export function change(channel: string, value: object): object {
  const metadata = { display_phone_number: '15550783881', phone_number_id: channel };
  return { field: 'messages', value: { messaging_product: 'whatsapp', metadata, ...value } };
}

/** A webhook body of several changes. */
export function webhook(...changes: readonly object[]): object {
  return accountWebhook('102290129340398', ...changes);
}

/** A webhook body of several changes of one WhatsApp Business Account. */
export function accountWebhook(account: string, ...changes: readonly object[]): object {
  return { object: 'whatsapp_business_account', entry: [{ id: account, changes }] };
}

/** Posts a webhook, signed as Meta does. */
export async function post(url: string, body: object | string, signature?: string | null): Promise<Response> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const header = signature === undefined ? sign(text) : signature;
  return fetch(`${url}/webhooks/whatsapp`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(header === null ? {} : { 'x-hub-signature-256': header }),
    },
    body: text,
  });
}

export function sign(text: string): string {
  return `sha256=${createHmac('sha256', APP_SECRET).update(text).digest('hex')}`;
}

function contactOf({ phone, bsuid, name, username }: Person): object {
  return {
    profile: { ...(name === undefined ? {} : { name }), ...(username === undefined ? {} : { username }) },
    ...(phone === undefined ? {} : { wa_id: phone }),
    ...(bsuid === undefined ? {} : { user_id: bsuid }),
  };
}
