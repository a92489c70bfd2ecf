import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  bareNotification,
  headerOf,
  NO_PLACE,
  NO_VALUES,
  notificationFault,
  notificationFaults,
  outboundTemplate,
  writtenValues,
} from '../../src/model/index.js';
import type { DraftNotification, NotificationFieldType } from '../../src/model/index.js';
import { aTemplate } from '../support/builders.js';

process.env.TZ = 'America/Los_Angeles';

function typed(
  type: NotificationFieldType,
  value: string,
  { language = 'en_US', currency = null }: { language?: string; currency?: string | null } = {},
): DraftNotification {
  const notification = bareNotification(aTemplate({ body: 'It is {{1}}.', language }));
  const field = { part: 'body', key: '1', label: null, type, initial: null, currency } as const;
  return { ...notification, fields: [field], values: { ...NO_VALUES, body: { 1: value } } };
}

/** Spaces that do not break are for the eye alone. */
const written = (...args: Parameters<typeof typed>): string | undefined =>
  writtenValues(typed(...args)).body['1']?.replace(/[\u00a0\u202f]/g, ' ');
const why = (...args: Parameters<typeof typed>): readonly string[] =>
  notificationFaults(typed(...args)).map(({ fault }) => fault.why);

describe('the values of a notification', () => {
  it('are written as amounts of the language of the template, whole ones without a fraction', () => {
    assert.equal(written('amount', '10', { currency: 'USD' }), '$10');
    assert.equal(written('amount', '1234.5', { currency: 'USD' }), '$1,234.50');
    assert.equal(written('amount', '1234,5', { currency: 'EUR', language: 'de' }), '1.234,50 €');
    assert.equal(written('amount', '1234', { currency: 'JPY' }), '¥1,234');
    assert.equal(written('amount', '7.5'), '7.5');
    assert.equal(written('amount', '7', { currency: 'no such' }), '7 no such');
  });

  it('are written as days and times of the language of the template, times with their zone', () => {
    assert.equal(written('date', '2020-05-13'), 'Wednesday, May 13, 2020');
    assert.equal(written('date', '2020-05-13', { language: 'es' }), 'miércoles, 13 de mayo de 2020');
    assert.match(
      written('date-time', '2020-05-13T16:57:21') ?? '',
      /^Wednesday, May 13, 2020.* 4:57:21 PM PDT$/,
    );
    assert.match(written('date-time', '2020-05-13T16:57') ?? '', /4:57 PM PDT$/);
  });

  it('are written in some language where nobody knows that of the template', () => {
    assert.ok(written('date', '2020-05-13', { language: 'no language at all' })?.includes('2020'));
  });

  it('lose the space around them, and are left out where nothing was typed', () => {
    assert.equal(written('text', ' Ana '), 'Ana');
    assert.equal(written('text', '  '), undefined);
  });

  it('are taken as what they are', () => {
    for (const amount of ['10', '10.50', '10,5', '-3', '0.1250'])
      assert.deepEqual(why('amount', amount), [], amount);
    for (const amount of ['ten', '1,234', '1.2.3', '$10', '1e3', 'Infinity'])
      assert.deepEqual(why('amount', amount), ['number'], amount);
    for (const day of ['2026-02-30', '2026-13-01', 'tomorrow', '2026-02-03T10:00'])
      assert.deepEqual(why('date', day), ['date'], day);
    assert.deepEqual(why('date', '2028-02-29'), []);
    assert.deepEqual(why('date-time', '2026-02-03'), ['date']);
    assert.deepEqual(why('date-time', '2026-02-03T25:00'), ['date']);
    for (const phone of ['+34 600 111 222', '(600) 111-222'])
      assert.deepEqual(why('phone', phone), [], phone);
    for (const phone of ['1234', 'call me', '+34 600 111 222 333 444'])
      assert.deepEqual(why('phone', phone), ['phone'], phone);
  });

  it('are judged by what is written of them', () => {
    assert.deepEqual(why('text', ''), ['missing']);
    assert.deepEqual(why('amount', ' '), ['missing']);
    assert.deepEqual(why('text', 'a\nb'), ['lines']);
    assert.deepEqual(why('text', 'a'.repeat(1024)), ['long']);
    const [long] = notificationFaults(typed('text', 'a'.repeat(1024)));
    assert.deepEqual(long?.fault, { why: 'long', length: 1031, limit: 1024 });
  });
});

describe('the place of a notification', () => {
  const here = bareNotification(aTemplate({ header: { kind: 'location' } }));
  const place = { ...NO_PLACE, latitude: '41,40338', longitude: '2.17403', name: ' Workshop ' };

  it('is what the agent has typed, and keeps the notification until it is one', () => {
    assert.equal(headerOf(here), null);
    assert.equal(notificationFault(here), true);
    assert.equal(notificationFault({ ...here, place: { ...place, longitude: '300' } }), true);
    const placed = { ...here, place };
    assert.equal(notificationFault(placed), false);
    const header = { latitude: 41.40338, longitude: 2.17403, name: 'Workshop', address: null };
    assert.deepEqual(outboundTemplate(placed).header, { kind: 'location', ...header });
    assert.deepEqual(outboundTemplate(placed).shown?.above, { kind: 'location', ...header, url: null });
  });

  it('is that of the response where it brings one', () => {
    const header = { kind: 'location', latitude: 1, longitude: 2, name: null, address: null } as const;
    assert.deepEqual(headerOf({ ...here, header, place }), header);
  });
});
