import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signBody, verifySignature } from '../../src/cloud-api/index.js';

// Meta writes non-ASCII characters as escapes: parsed and written again, the bytes would differ.
const BODY = Buffer.from('{"text":"caf\\u00e9 \\ud83d\\ude00"}');

test('a body signed with the app secret verifies', () => {
  assert.equal(verifySignature('secret', BODY, signBody('secret', BODY)), true);
});

test('the signature is HMAC-SHA256 in hex with its prefix', () => {
  const published = '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843';
  assert.equal(signBody('Jefe', Buffer.from('what do ya want for nothing?')), `sha256=${published}`);
});

test('the same JSON in other bytes does not verify', () => {
  const rewritten = Buffer.from(JSON.stringify(JSON.parse(BODY.toString())));
  assert.equal(verifySignature('secret', rewritten, signBody('secret', BODY)), false);
});

test('another secret, a changed byte, and every malformed header are refused without a throw', () => {
  const good = signBody('secret', BODY);
  const changed = Buffer.from(BODY);
  changed[3] = 0x20;
  assert.equal(verifySignature('other', BODY, good), false);
  assert.equal(verifySignature('secret', changed, good), false);
  const malformed = [
    undefined,
    '',
    'sha256=',
    good.slice(0, -1),
    `${good}0`,
    good.slice(7),
    good.toUpperCase(),
  ];
  for (const header of [...malformed, 'sha1=abc', '😀'.repeat(36), good.replace('=', '\u0000')]) {
    assert.equal(verifySignature('secret', BODY, header), false, String(header));
  }
});
