import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { DEFAULT_POLICY, fileLimits, WHATSAPP_FILE_LIMITS, type FileKind } from 'whatsapp-workspace/model';
import { readCentreFile } from '../src/centre/centre-file.js';
import { receivingRefusal } from '../src/media/receiving.js';

const EXAMPLE = new URL('../../centre.example.json', import.meta.url);

const problemsOf = (file: unknown) => {
  const reading = readCentreFile(JSON.stringify(file));
  return reading.ok ? [] : reading.problems;
};

test('the example is a file that the gateway takes', () => {
  const reading = readCentreFile(readFileSync(EXAMPLE, 'utf8'));
  assert.ok(reading.ok);
  assert.deepEqual(reading.settings.policy.notReadyReasons, ['Break', 'Lunch', 'Training']);
  assert.deepEqual(
    reading.settings.workbins?.map(({ id }) => id),
    ['team', 'billing'],
  );
});

test('where the file is silent, the variables hold', () => {
  const base = { ...DEFAULT_POLICY, agentCapacity: 3, offerTimeout: 7000 };
  const reading = readCentreFile('{ "policy": { "offerTimeoutSeconds": 20 } }', base);
  assert.ok(reading.ok);
  assert.deepEqual(reading.settings, {
    policy: { ...base, offerTimeout: 20_000 },
    workbins: null,
    receives: {},
  });
});

test('what is wrong is told where it stands, with what was found and what is allowed, all of it at once', () => {
  assert.deepEqual(
    problemsOf({
      policy: { offerTimeoutSeconds: '30 s', agentCapacity: 0, offerTimeout: 30 },
      notReadyReasons: ['Lunch', '', 'Lunch'],
      workbins: [{ id: 'personal:ana', name: 'Hers' }, { id: 'billing' }],
      polcy: {},
    }),
    [
      'polcy is not a name that the gateway knows; allowed is policy, notReadyReasons, workbins, media, readReceipts, typingIndicator.',
      'policy.offerTimeout is not a name that the gateway knows; allowed is pendingWarningSeconds, pendingCriticalSeconds, offerTimeoutSeconds, agentCapacity.',
      'policy.offerTimeoutSeconds is "30 s"; allowed is a whole number from 1 to 86400.',
      'policy.agentCapacity is 0; allowed is a whole number from 1 to 1000.',
      'notReadyReasons[1] is ""; allowed is text of 1 to 100 characters on one line.',
      'notReadyReasons[2] is "Lunch"; allowed is what notReadyReasons[0] does not say already.',
      'workbins[0].id is "personal:ana"; allowed is what does not begin with "personal:".',
      'workbins[1].name is missing; allowed is text of 1 to 100 characters on one line.',
    ],
  );
});

test('what is not built yet is refused, so that nobody relies on it', () => {
  const [problem] = problemsOf({ prices: {} });
  assert.equal(problem, 'prices is not built yet: nothing is priced. Take it out.');
  for (const key of ['prices', 'rights']) assert.match(problemsOf({ [key]: {} })[0] ?? '', /not built yet/);
});

test('contacts are told what was read, and that somebody writes, as the file says', () => {
  const told = { readReceipts: 'seen', typingIndicator: 'writing' } as const;
  const reading = readCentreFile(JSON.stringify(told));
  assert.ok(reading.ok);
  assert.deepEqual(reading.settings.policy, { ...DEFAULT_POLICY, ...told });
  assert.deepEqual(problemsOf({ readReceipts: 'always' }), [
    'readReceipts is "always"; allowed is one of never, seen, answered.',
  ]);
});

test('files are limited by kind and direction, and what is left out is as WhatsApp has it', () => {
  const media = {
    image: { send: { types: ['image/PNG'] }, receive: { megabytes: 2 } },
    video: { send: { types: [] }, receive: { types: [] } },
    document: { send: { megabytes: 10 } },
  };
  const reading = readCentreFile(JSON.stringify({ media }));
  assert.ok(reading.ok);
  const { policy, receives } = reading.settings;
  const { image, video, audio, document } = fileLimits(policy.files);
  assert.deepEqual([image.types, image.bytes], [['image/png'], 5 * 1024 * 1024]);
  assert.deepEqual(video.types, []);
  assert.deepEqual(audio, WHATSAPP_FILE_LIMITS.audio);
  assert.deepEqual([document.types.length, document.bytes], [8, 10_000_000]);
  const refused = (kind: FileKind, mime: string, bytes: number) =>
    receivingRefusal(kind, mime, bytes, receives) !== null;
  assert.deepEqual(
    [refused('image', 'image/x', 2_000_000), refused('image', 'image/x', 2_000_001)],
    [false, true],
  );
  assert.deepEqual([refused('video', 'video/mp4', 1), refused('sticker', 'image/webp', 1)], [true, false]);
});

test('a limit of files that cannot hold is refused', () => {
  const media = {
    image: { send: { types: ['image/gif'], megabytes: 100 } },
    picture: {},
  };
  assert.deepEqual(problemsOf({ media }), [
    'media.picture is not a name that the gateway knows; allowed is image, video, audio, document, sticker.',
    'media.image.send.megabytes is 100; allowed is a whole number from 1 to 99.',
    'media.image.send.types[0] is "image/gif"; allowed is what WhatsApp takes: image/jpeg, image/png.',
  ]);
});

test('a critical time that is not after the warning is refused', () => {
  assert.deepEqual(problemsOf({ policy: { pendingWarningSeconds: 60 } }), [
    'policy.pendingCriticalSeconds comes to 50; allowed is more than the 60 of pendingWarningSeconds.',
  ]);
});

test('what is no object, or no JSON, is refused', () => {
  assert.deepEqual(problemsOf([]), ['The file is []; allowed is an object.']);
  const reading = readCentreFile('{ "policy": ');
  assert.match((!reading.ok && reading.problems[0]) || '', /^The file is not JSON: /);
});
