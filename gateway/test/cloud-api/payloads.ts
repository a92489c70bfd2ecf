/** Webhook bodies in the documented shapes, with people and numbers of our own. */

export const CHANNEL = '421337000000001';
/** The WhatsApp Business Account that it belongs to. */
export const ACCOUNT = '100000000000009';
export const ANA = { phone: '254700000101', bsuid: 'KE.90000000000000000101' };
export const AT = 1_760_000_000;

export function contact(overrides: Record<string, unknown> = {}): Record<string, unknown> {
  return { profile: { name: 'Ana Wanjiru' }, wa_id: ANA.phone, user_id: ANA.bsuid, ...overrides };
}

export function message(overrides: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    from: ANA.phone,
    from_user_id: ANA.bsuid,
    id: 'wamid.one',
    timestamp: String(AT),
    type: 'text',
    text: { body: 'Hello' },
    ...overrides,
  };
}

export function status(overrides: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: 'wamid.out',
    status: 'sent',
    timestamp: String(AT),
    recipient_id: ANA.phone,
    recipient_user_id: ANA.bsuid,
    ...overrides,
  };
}

export function value(overrides: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: '254711000000', phone_number_id: CHANNEL },
    ...overrides,
  };
}

export function webhook(content: Record<string, unknown>, field = 'messages'): Record<string, unknown> {
  return {
    object: 'whatsapp_business_account',
    entry: [{ id: ACCOUNT, time: AT, changes: [{ field, value: content }] }],
  };
}

/** One message of the given type and content, from Ana. */
export function oneMessage(type: string, content: Record<string, unknown> = {}): Record<string, unknown> {
  const { text: _, ...bare } = message();
  return webhook(value({ contacts: [contact()], messages: [{ ...bare, type, ...content }] }));
}
