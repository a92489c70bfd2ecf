/** Conversations that several states show. */
import type { TranscriptItem } from 'whatsapp-workspace/model';
import { delivery, inbound, item, outbound, sessionStart } from './people.js';
import { ARABIC } from './texts.js';
import { DAY, HOUR, MINUTE } from './time.js';

/** As they are on most days: a question, answers, another day before. */
export function usual(): readonly TranscriptItem[] {
  return [
    sessionStart(DAY + 3 * HOUR),
    item(inbound('Good morning, is the table still in the workshop?', DAY + 3 * HOUR)),
    item(outbound('Good morning. It was oiled yesterday and leaves on Thursday.', DAY + 2.9 * HOUR)),
    item(inbound('Wonderful, thank you', DAY + 2.8 * HOUR)),
    item(inbound('🙏', DAY + 2.8 * HOUR - MINUTE)),
    sessionStart(26 * MINUTE),
    item(inbound('Hello again, it is about the *eight chairs*', 26 * MINUTE)),
    item(
      inbound(
        'Which leather goes with the oiled oak? Your page shows two: https://example.com/samples',
        25 * MINUTE,
      ),
    ),
    item(outbound('Sample 14 is the darker one, sample 17 has a hint of red.', 22 * MINUTE)),
    item(outbound('I would take 14 with oiled oak.', 21 * MINUTE, 'delivered')),
    item(inbound('Then 14. Could you confirm the fabric for the chairs?', 4 * MINUTE)),
  ];
}

export function arabic(): readonly TranscriptItem[] {
  return [
    sessionStart(12 * MINUTE),
    item(inbound('السلام عليكم', 12 * MINUTE)),
    item(outbound('وعليكم السلام، كيف يمكنني مساعدتك؟', 11 * MINUTE)),
    item(inbound(ARABIC, 5 * MINUTE)),
  ];
}

export function failures(): readonly TranscriptItem[] {
  const failed = (text: string, ago: number, code: number): TranscriptItem =>
    item(
      outbound(text, ago, 'failed', {
        delivery: delivery('failed', ago, code, 'WhatsApp’s own words about it.'),
      }),
    );
  return [
    sessionStart(30 * MINUTE),
    item(inbound('Are you open on Saturday?', 30 * MINUTE)),
    failed('Yes, from nine to one.', 9 * MINUTE, 131026),
    failed('We are open from nine to one.', 8 * MINUTE, 131026),
    failed('Saturday: 9 to 13 h', 7 * MINUTE, 131026),
  ];
}

/** A conversation of so many messages. */
export function many(count: number): readonly TranscriptItem[] {
  return Array.from({ length: count }, (_, i) => {
    const ago = (count - i) * 7 * MINUTE;
    return item(
      i % 3 === 2
        ? outbound(`Answer ${i + 1}: it is being looked after.`, ago)
        : inbound(`Message ${i + 1}. ${'And a few words more. '.repeat(i % 5)}`.trim(), ago),
    );
  });
}
