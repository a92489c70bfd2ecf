import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readDegrees, readMapPlace } from '../../src/model/index.js';

const SAGRADA = { latitude: 41.40363, longitude: 2.17436, name: null };

describe('a place is read from', () => {
  const links: readonly (readonly [what: string, text: string, name?: string])[] = [
    ['two numbers', '41.40363, 2.17436'],
    ['two numbers without a comma', '41.40363 2.17436'],
    ['two numbers with degrees', '41.40363°, 2.17436°'],
    ['numbers with a decimal comma', '41,40363; 2,17436'],
    ['Arabic digits', '٤١٫٤٠٣٦٣، ٢٫١٧٤٣٦'],
    ['geo:', 'geo:41.40363,2.17436;u=10'],
    ['geo: of Android', 'geo:0,0?q=41.40363,2.17436(Sagrada%20Fam%C3%ADlia)', 'Sagrada Família'],
    [
      'a place of Google Maps',
      'https://www.google.com/maps/place/Sagrada+Fam%C3%ADlia/@41.4,2.1,17z/data=!3m1!4b1!4m6!3m5!1s0x0!8m2!3d41.40363!4d2.17436!16z',
      'Sagrada Família',
    ],
    ['a picture of Google Maps', 'https://www.google.es/maps/@41.40363,2.17436,15z?entry=ttu'],
    ['a search of Google Maps', 'https://www.google.com/maps/search/?api=1&query=41.40363%2C2.17436'],
    ['an old link of Google Maps', 'http://maps.google.com/maps?q=loc:41.40363,2.17436'],
    ['a way of Google Maps', 'https://www.google.com/maps/dir/?api=1&destination=41.40363,2.17436'],
    ['Apple Maps', 'https://maps.apple.com/?ll=41.40363,2.17436&q=La%20Sagrada', 'La Sagrada'],
    [
      'Apple Maps of today',
      'https://maps.apple.com/place?coordinate=41.40363,2.17436&name=La%20Sagrada',
      'La Sagrada',
    ],
    ['a mark on OpenStreetMap', 'https://www.openstreetmap.org/?mlat=41.40363&mlon=2.17436#map=16/41.1/2.1'],
    ['a picture of OpenStreetMap', 'https://www.openstreetmap.org/#map=16/41.40363/2.17436'],
    ['Bing', 'https://www.bing.com/maps?cp=41.40363~2.17436&lvl=16'],
    ['Waze', 'https://waze.com/ul?ll=41.40363%2C2.17436&navigate=yes'],
    ['HERE', 'https://wego.here.com/?map=41.40363,2.17436,15,normal'],
    ['Yandex, which turns them', 'https://yandex.ru/maps/?ll=2.17436%2C41.40363&z=16'],
    ['2GIS, which turns them', 'https://2gis.ae/dubai?m=2.17436%2C41.40363%2F16'],
    ['a link in a sentence', 'Here: https://www.google.com/maps?q=41.40363,2.17436 see you'],
    ['a link without its beginning', 'www.google.com/maps/@41.40363,2.17436,15z'],
  ];
  for (const [what, text, name = null] of links)
    it(what, () => assert.deepEqual(readMapPlace(text), { ...SAGRADA, name }));

  it('degrees, minutes and seconds', () => {
    const place = readMapPlace(`33°51'24.8"S 151°12'54.0"E`);
    assert.ok(typeof place === 'object');
    assert.ok(Math.abs(place.latitude + 33.85689) < 1e-5 && Math.abs(place.longitude - 151.215) < 1e-5);
  });
});

describe('no place is read from', () => {
  for (const text of [
    '',
    'Carrer de Mallorca 401',
    '91, 2',
    '41.4, 181',
    'https://example.com/',
    '12345',
    'javascript:41.4,2.1',
  ])
    it(JSON.stringify(text), () => assert.equal(readMapPlace(text), 'unread'));

  it('a short link, which says so', () => {
    for (const text of [
      'https://maps.app.goo.gl/aBc123',
      'https://goo.gl/maps/xyz',
      'https://maps.apple/p/abc',
    ])
      assert.equal(readMapPlace(text), 'short');
  });
});

describe('degrees as typed', () => {
  it('are numbers within their range', () => {
    const typed = ['41.4', ' -41,4 ', '−41.4', '٤١٫٤', '41.4°', '91', '4x', '', '1e2'];
    assert.deepEqual(
      typed.map((text) => readDegrees(text, 90)),
      [41.4, -41.4, -41.4, 41.4, 41.4, null, null, null, null],
    );
  });
});
