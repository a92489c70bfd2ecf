import type { ContactCard, Content } from 'whatsapp-workspace/model';
import { asId, asList, asObject, asText, type JsonObject } from './json.js';

/** Contact cards of a message; null when it has none. */
export function readContacts(message: JsonObject): Content | null {
  const cards = asList(message['contacts']).map((card) => readCard(asObject(card)));
  return cards.length === 0 ? null : { kind: 'contacts', cards };
}

function readCard(card: JsonObject): ContactCard {
  const phones = asList(card['phones'])
    .map(asObject)
    .map((entry) => ({
      phone: asText(entry['phone']) ?? asId(entry['wa_id']) ?? '',
      type: asText(entry['type']),
      waId: asId(entry['wa_id']),
    }))
    .filter(({ phone }) => phone !== '');
  const emails = asList(card['emails'])
    .map(asObject)
    .map((entry) => ({ email: asText(entry['email']) ?? '', type: asText(entry['type']) }))
    .filter(({ email }) => email !== '');
  const organization = asText(asObject(card['org'])['company']);
  const [phone] = phones;
  return { name: cardName(card) ?? organization ?? phone?.phone ?? '?', organization, phones, emails };
}

function cardName(card: JsonObject): string | null {
  const name = asObject(card['name']);
  const parts = [asText(name['first_name']), asText(name['last_name'])].filter((part) => part !== null);
  return asText(name['formatted_name']) ?? (parts.join(' ') || null);
}
