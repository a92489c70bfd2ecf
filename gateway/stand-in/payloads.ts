import type { PhoneContact } from './contacts.js';
import { failure } from './graph-error.js';
import type { TemplateTold } from './templates.js';

/** The business number that webhooks come from. */
export interface BusinessNumber {
  readonly phoneNumberId: string;
  /** Digits. */
  readonly displayPhoneNumber: string;
  /** The WhatsApp Business Account that it belongs to. */
  readonly account: string;
}

export interface StatusFacts {
  readonly wamid: string;
  readonly state: 'sent' | 'delivered' | 'read' | 'failed';
  /** Seconds since the epoch. */
  readonly timestamp: number;
  readonly callbackData: string | null;
  /** Only for `failed`. */
  readonly code: number | null;
}

/** What a reply within the service window costs: nothing. */
const PRICING = { billable: false, pricing_model: 'PMP', type: 'free_customer_service', category: 'service' };

/** The webhook of a message that a contact wrote. `content` holds the type and what belongs to it. */
export function messageWebhook(
  business: BusinessNumber,
  contact: PhoneContact,
  message: { readonly wamid: string; readonly timestamp: number; readonly content: object },
): object {
  return envelope(business, {
    contacts: [profile(contact)],
    messages: [
      {
        ...(contact.phone === null ? {} : { from: contact.phone }),
        from_user_id: contact.bsuid,
        id: message.wamid,
        timestamp: String(message.timestamp),
        ...message.content,
      },
    ],
  });
}

/** The webhook of a status. */
export function statusWebhook(business: BusinessNumber, contact: PhoneContact, facts: StatusFacts): object {
  const status = {
    id: facts.wamid,
    status: facts.state,
    timestamp: String(facts.timestamp),
    ...(contact.phone === null ? {} : { recipient_id: contact.phone }),
    recipient_user_id: contact.bsuid,
    ...(facts.callbackData === null ? {} : { biz_opaque_callback_data: facts.callbackData }),
    ...(facts.code === null ? { pricing: PRICING } : { errors: [failure(facts.code)] }),
  };
  const isAtPhone = facts.state === 'delivered' || facts.state === 'read';
  return envelope(business, { ...(isAtPhone ? { contacts: [profile(contact)] } : {}), statuses: [status] });
}

/** The webhook that tells of a template's new status. */
export function templateWebhook(
  { account }: BusinessNumber,
  { id, name, language, status }: TemplateTold,
): object {
  const value = {
    event: status,
    message_template_id: Number(id),
    message_template_name: name,
    message_template_language: language,
    reason: 'NONE',
  };
  const time = Math.floor(Date.now() / 1000);
  return {
    object: 'whatsapp_business_account',
    entry: [{ id: account, time, changes: [{ value, field: 'message_template_status_update' }] }],
  };
}

/** The bytes as Meta writes them: everything beyond ASCII is escaped, and slashes too. */
export function encodeWebhook(webhook: object): Buffer {
  const escaped = JSON.stringify(webhook).replaceAll(
    /[\u0080-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return Buffer.from(escaped.replaceAll('/', '\\/'), 'latin1');
}

function envelope(business: BusinessNumber, content: object): object {
  const metadata = {
    display_phone_number: business.displayPhoneNumber,
    phone_number_id: business.phoneNumberId,
  };
  const value = { messaging_product: 'whatsapp', metadata, ...content };
  return {
    object: 'whatsapp_business_account',
    entry: [{ id: business.account, changes: [{ value, field: 'messages' }] }],
  };
}

function profile(contact: PhoneContact): object {
  return {
    profile: { name: contact.name, ...(contact.username ? { username: contact.username } : {}) },
    ...(contact.phone === null ? {} : { wa_id: contact.phone }),
    user_id: contact.bsuid,
  };
}
