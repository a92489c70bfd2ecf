import { expect } from '@open-wc/testing';
import type { FoundFile } from '../../src/model/index.js';
import { inspectFile } from '../../src/platform/files/inspect-file.js';
import { compoundFile, fileOf, joined, jpeg, mp4, ogg, openXml, PDF, png, zip } from '../support/files.js';

const OPEN_XML = 'application/vnd.openxmlformats-officedocument';

const found = (content: Uint8Array<ArrayBuffer> | string, name = 'file'): Promise<FoundFile | null> =>
  inspectFile(fileOf(content, name));

describe('what the content of a file says', () => {
  for (const [what, content, expected] of [
    ['PNG', png(), { mimeType: 'image/png', depth: 8 }],
    ['PNG with 16 bits', png(8, 8, 16), { mimeType: 'image/png', depth: 16 }],
    ['JPEG', jpeg(), { mimeType: 'image/jpeg', depth: 8 }],
    ['PDF', PDF, { mimeType: 'application/pdf' }],
    ['DOCX', openXml('word'), { mimeType: `${OPEN_XML}.wordprocessingml.document` }],
    ['PPTX', openXml('ppt'), { mimeType: `${OPEN_XML}.presentationml.presentation` }],
    ['XLSX', openXml('xl'), { mimeType: `${OPEN_XML}.spreadsheetml.sheet` }],
    ['DOC', compoundFile('WordDocument'), { mimeType: 'application/msword' }],
    ['XLS', compoundFile('Workbook'), { mimeType: 'application/vnd.ms-excel' }],
    ['PPT', compoundFile('PowerPoint Document'), { mimeType: 'application/vnd.ms-powerpoint' }],
    ['another compound file', compoundFile('Properties'), { mimeType: 'application/x-cfb' }],
    ['text', 'Dear Masha,\n\u{1f600} sample 14 <3\n', { mimeType: 'text/plain' }],
    ['MP3', joined([0xff, 0xfb, 0x90, 0x64], new Uint8Array(400)), { mimeType: 'audio/mpeg' }],
    [
      'MP3 with a tag',
      joined([0x49, 0x44, 0x33, 4, 0, 0, 0, 0, 1, 0], new Uint8Array(128), [0xff, 0xfb, 0x90, 0x64]),
      { mimeType: 'audio/mpeg' },
    ],
    ['AAC', joined([0xff, 0xf1, 0x50, 0x80, 0, 0x1f, 0xfc], new Uint8Array(40)), { mimeType: 'audio/aac' }],
    [
      'AAC with a tag',
      joined([0x49, 0x44, 0x33, 4, 0, 0, 0, 0, 0, 2], [0, 0], [0xff, 0xf1, 0x50, 0x80]),
      { mimeType: 'audio/aac' },
    ],
    ['GIF', 'GIF89a', { mimeType: 'image/gif' }],
    ['HEIC', '\0\0\0\x18ftypheic', { mimeType: 'image/heic' }],
    ['QuickTime', '\0\0\0\x14ftypqt  ', { mimeType: 'video/quicktime' }],
    ['AMR', '#!AMR\n\x04', { mimeType: 'audio/amr' }],
    ['MP4', mp4('avc1', 'mp4a'), { mimeType: 'video/mp4', codecs: ['avc', 'aac'], channels: 2 }],
    ['MP4 with sound alone', mp4('mp4a'), { mimeType: 'audio/mp4', codecs: ['aac'], channels: 2 }],
    ['HEVC', mp4('hvc1'), { mimeType: 'video/mp4', codecs: ['hevc'] }],
    ['Opus', ogg('opus'), { mimeType: 'audio/ogg', codecs: ['opus'], channels: 1 }],
    ['Opus with two channels', ogg('opus', 2), { mimeType: 'audio/ogg', codecs: ['opus'], channels: 2 }],
    ['Vorbis', ogg('vorbis', 2), { mimeType: 'audio/ogg', codecs: ['vorbis'] }],
    ['MP4 without anything', mp4(), { mimeType: 'video/mp4', codecs: ['?'] }],
  ] as const) {
    it(`tells ${what}`, async () => {
      expect(await found(content)).to.deep.equal(expected);
    });
  }

  it('is that of what poses as a picture', async () => {
    const svg =
      '<?xml version="1.0"?>\n<!-- -->\n<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
    expect(await found(svg, 'photo.png')).to.deep.equal({ mimeType: 'image/svg+xml' });
    expect(await found('<svg onload="alert(1)">', 'photo.png')).to.deep.equal({ mimeType: 'image/svg+xml' });
    expect(await found('\ufeff <!DOCTYPE html><p>Hello', 'photo.jpg')).to.deep.equal({
      mimeType: 'text/html',
    });
    expect(await found('<script>alert(1)</script>', 'photo.jpg')).to.deep.equal({ mimeType: 'text/html' });
  });

  it('is not that of its name', async () => {
    expect(await found(joined([0x4d, 0x5a], new Uint8Array(200)), 'invoice.pdf')).to.have.property(
      'mimeType',
      'application/exe',
    );
    expect(await found(zip({ name: 'a.txt' }), 'letter.docx')).to.deep.equal({ mimeType: 'application/zip' });
    expect(await found('word/document.xml', 'letter.docx')).to.deep.equal({ mimeType: 'text/plain' });
  });

  it('is no document where it has macros', async () => {
    const macros = openXml('word', { name: 'word/vbaProject.bin' });
    expect(await found(macros)).to.deep.equal({ mimeType: 'application/zip' });
  });

  it('names what unpacks to far more than it is', async () => {
    const bomb = openXml('word', { name: 'word/media/1.bin', packed: 40, unpacked: 4_000_000_000 });
    expect(await found(bomb)).to.have.property('bomb', true);
    const parts = Array.from({ length: 60 }, (_, i) => ({
      name: `word/${i}`,
      packed: 90_000,
      unpacked: 90_000,
    }));
    expect(await found(openXml('word', ...parts)), 'parts that lie over each other').to.have.property(
      'bomb',
      true,
    );
    const usual = openXml('xl', { name: 'xl/worksheets/sheet1.xml', packed: 40, unpacked: 4_000 });
    expect(await found(usual)).not.to.have.property('bomb');
    expect(await found(png(30_000, 30_000))).to.have.property('bomb', true);
    expect(await found(jpeg(30_000, 30_000))).to.have.property('bomb', true);
  });

  it('is nothing known where it is nothing known', async () => {
    expect(await found(new Uint8Array([0, 1, 2, 3, 4, 5, 6, 7]))).to.equal(null);
    expect(await found('')).to.equal(null);
  });

  it('survives files that were cut off anywhere', async () => {
    for (const whole of [png(), jpeg(), openXml('word'), compoundFile('Workbook'), ogg('opus'), mp4('avc1')])
      for (const share of [0.1, 0.3, 0.6, 0.9])
        // oxlint-disable-next-line no-await-in-loop -- One after the other says which.
        await found(whole.slice(0, Math.floor(whole.length * share)));
  });

  it('needs little of a large file', async () => {
    let most = 0;
    const large = fileOf(joined(openXml('word'), new Uint8Array(8_000_000)), 'large.docx');
    const slice = large.slice.bind(large);
    large.slice = (start = 0, end = large.size, ...rest) => {
      most = Math.max(most, Math.min(end, large.size) - start);
      return slice(start, end, ...rest);
    };
    large.arrayBuffer = () => Promise.reject(new Error('Read as a whole.'));
    large.stream = () => {
      throw new Error('Read as a whole.');
    };
    await inspectFile(large);
    expect(most).to.be.lessThan(100_000);
  });

  it('rejects where the file cannot be read', async () => {
    const gone = fileOf('%PDF-', 'gone.pdf');
    gone.slice = () =>
      ({ arrayBuffer: () => Promise.reject(new DOMException('Gone.', 'NotReadableError')) }) as Blob;
    const failure = await inspectFile(gone).catch((error: unknown) => error);
    expect(failure).to.be.instanceOf(DOMException);
  });
});
