import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fileLimits, judgeFile, LARGEST_FILE, WHATSAPP_FILE_LIMITS } from '../../src/model/index.js';
import type { FileToJudge, FileVerdict, FoundFile } from '../../src/model/index.js';

const MEBIBYTE = 1024 * 1024;
const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

function judged(
  found: FoundFile | string | null,
  { bytes = 1000, name = 'file', declared = '' }: Partial<FileToJudge> = {},
  limits = WHATSAPP_FILE_LIMITS,
): FileVerdict {
  const file = { name, declared, bytes, found: typeof found === 'string' ? { mimeType: found } : found };
  return judgeFile(file, limits);
}

function refusalOf(verdict: FileVerdict): unknown {
  assert.ok(!verdict.ok);
  return verdict.refusal;
}

describe('judgeFile', () => {
  for (const [mimeType, as] of [
    ['image/jpeg', 'image'],
    ['image/png', 'image'],
    ['video/mp4', 'video'],
    ['audio/aac', 'audio'],
    ['audio/mp4', 'audio'],
    ['audio/amr', 'audio'],
    ['audio/mpeg', 'audio'],
    ['application/pdf', 'document'],
    ['application/msword', 'document'],
    ['application/vnd.ms-excel', 'document'],
    ['application/vnd.ms-powerpoint', 'document'],
    [DOCX, 'document'],
  ] as const) {
    it(`sends ${mimeType} as ${as}, whatever it is called`, () => {
      assert.deepEqual(judged(mimeType, { name: 'x.exe', declared: 'text/html' }), {
        ok: true,
        as,
        mimeType,
      });
    });
  }

  it('sends Opus in Ogg under the only name that WhatsApp takes', () => {
    assert.deepEqual(judged({ mimeType: 'audio/ogg', codecs: ['opus'], channels: 1 }), {
      ok: true,
      as: 'audio',
      mimeType: 'audio/ogg; codecs=opus',
    });
  });

  it('refuses Vorbis and stereo in Ogg', () => {
    const vorbis = judged({ mimeType: 'audio/ogg', codecs: ['vorbis'], channels: 1 });
    assert.deepEqual(refusalOf(vorbis), { kind: 'codec', as: 'audio', found: 'vorbis' });
    const stereo = judged({ mimeType: 'audio/ogg', codecs: ['opus'], channels: 2 });
    assert.deepEqual(refusalOf(stereo), { kind: 'stereo' });
  });

  it('refuses video that phones do not play', () => {
    const verdict = judged({ mimeType: 'video/mp4', codecs: ['hevc', 'aac'] });
    assert.deepEqual(refusalOf(verdict), { kind: 'codec', as: 'video', found: 'hevc' });
    assert.equal(judged({ mimeType: 'video/mp4', codecs: ['avc', 'aac'] }).ok, true);
    assert.equal(judged({ mimeType: 'video/mp4', codecs: ['avc'] }).ok, true);
  });

  it('takes a file of the largest size, and none above it', () => {
    for (const [mimeType, as, limit] of [
      ['image/png', 'image', 5 * MEBIBYTE],
      ['video/mp4', 'video', 16 * MEBIBYTE],
      ['audio/mpeg', 'audio', 16 * MEBIBYTE],
      ['application/pdf', 'document', LARGEST_FILE],
    ] as const) {
      assert.equal(judged(mimeType, { bytes: limit }).ok, true);
      const refusal = refusalOf(judged(mimeType, { bytes: limit + 1 }));
      assert.deepEqual(refusal, { kind: 'too-large', as, limit });
    }
    assert.equal(judged('application/pdf', { bytes: 99_000_000 }).ok, true);
    assert.equal(judged('application/pdf', { bytes: 100_000_000 }).ok, false);
  });

  it('refuses what has no bytes', () => {
    assert.deepEqual(refusalOf(judged('image/png', { bytes: 0 })), { kind: 'empty' });
  });

  it('says what a file is that calls itself something else', () => {
    const svg = judged('image/svg+xml', { name: 'photo.png', declared: 'image/png' });
    assert.deepEqual(refusalOf(svg), { kind: 'misnamed', found: 'image/svg+xml' });
    const broken = judged(null, { name: 'invoice.pdf', declared: 'application/pdf' });
    assert.deepEqual(refusalOf(broken), { kind: 'misnamed', found: null });
  });

  it('says what a file is that WhatsApp does not take', () => {
    assert.deepEqual(refusalOf(judged('application/zip')), { kind: 'unknown', found: 'application/zip' });
    assert.deepEqual(refusalOf(judged(null, { name: 'a.b.XYZ' })), { kind: 'unknown', found: 'xyz' });
    assert.deepEqual(refusalOf(judged(null, { name: 'nothing' })), { kind: 'unknown', found: null });
  });

  it('sends text only where it is called text', () => {
    assert.equal(judged('text/plain', { name: 'notes.TXT' }).ok, true);
    assert.equal(judged('text/plain', { name: 'notes', declared: 'text/plain' }).ok, true);
    const script = judged('text/plain', { name: 'run.js', declared: 'text/javascript' });
    assert.deepEqual(refusalOf(script), { kind: 'unknown', found: 'js' });
  });

  it('refuses documents that unpack to far more than they are, and images of other depths', () => {
    assert.deepEqual(refusalOf(judged({ mimeType: DOCX, bomb: true })), { kind: 'bomb' });
    assert.deepEqual(refusalOf(judged({ mimeType: 'image/png', depth: 16 })), { kind: 'depth' });
  });

  it('refuses what the contact centre does not allow', () => {
    const limits = fileLimits({
      video: { types: [], bytes: 1 },
      document: { types: ['application/pdf'], bytes: 2000 },
    });
    assert.deepEqual(refusalOf(judged('video/mp4', {}, limits)), { kind: 'not-allowed', found: 'video/mp4' });
    assert.deepEqual(refusalOf(judged(DOCX, {}, limits)), { kind: 'not-allowed', found: DOCX });
    const large = refusalOf(judged('application/pdf', { bytes: 2001 }, limits));
    assert.deepEqual(large, { kind: 'too-large', as: 'document', limit: 2000 });
    assert.equal(judged('image/png', {}, limits).ok, true);
  });

  it('takes what was recorded as a voice note for one, where its content is what WhatsApp takes as such', () => {
    const voice = (found: FoundFile): FileVerdict =>
      judgeFile({ name: 'voice-note.ogg', declared: '', bytes: 9, found, voice: true });
    const as = (verdict: FileVerdict): string | null => (verdict.ok ? verdict.as : verdict.refusal.kind);
    assert.equal(as(voice({ mimeType: 'audio/ogg', codecs: ['opus'], channels: 1 })), 'voice');
    assert.equal(as(voice({ mimeType: 'audio/ogg', codecs: ['opus'], channels: 2 })), 'stereo');
    assert.equal(as(voice({ mimeType: 'audio/mpeg' })), 'audio');
  });
});

describe('fileLimits', () => {
  it('is as WhatsApp has it where nothing is configured', () => {
    assert.deepEqual(fileLimits(), WHATSAPP_FILE_LIMITS);
    assert.deepEqual(fileLimits({}), WHATSAPP_FILE_LIMITS);
  });

  it('allows nothing that WhatsApp does not take', () => {
    const { image, document } = fileLimits({
      image: { types: ['image/gif', 'image/png'], bytes: 100 * MEBIBYTE },
      document: { types: ['application/zip'], bytes: 1e12 },
    });
    assert.deepEqual(image, { types: ['image/png'], bytes: 5 * MEBIBYTE });
    assert.deepEqual(document, { types: [], bytes: LARGEST_FILE });
  });
});
