import type { MediaContent, Message } from 'whatsapp-workspace/model';
import { mediaContent } from 'whatsapp-workspace/model';
import { file, noPicture, withFiles } from '../files.js';
import { MASHA, inbound, outbound } from '../people.js';
import { element } from '../state.js';
import type { Group, State } from '../state.js';
import { ARABIC } from '../texts.js';
import { MINUTE } from '../time.js';
import { GalleryWorkspace } from '../workspace.js';

const workspace = new GalleryWorkspace({});
const contact = MASHA.name ?? '';

/** Files are looked at in their messages. */
const state = (id: string, title: string, ...messages: (() => Message)[]): State => ({
  id,
  title,
  ground: 'sunken',
  build: () =>
    messages.map((make) =>
      withFiles(element('whatsapp-message', { message: make(), contact, agent: 'ana' }), workspace),
    ),
});

const from = (content: MediaContent) => () => inbound(content);
const ours = (content: MediaContent) => () => outbound('', MINUTE, 'read', { content });
const coming = (kind: MediaContent['kind'], known: Partial<MediaContent> = {}) =>
  (['wanted', 'fetching', 'gone', 'refused'] as const).map((status) =>
    from(
      mediaContent(kind, {
        status,
        ...known,
        error: status === 'refused' ? { code: 131052, detail: 'The file is larger than 100 MB.' } : null,
      }),
    ),
  );

const paper = (fileName: string | null, known: Partial<MediaContent> = {}): MediaContent =>
  file('document', { fileName, ...known });

export const whatsappMedia: Group = {
  tag: 'whatsapp-media',
  states: [
    state('photo', 'Photos', from(file('image')), ours(file('image', {}, 'ours'))),
    state(
      'photo-caption',
      'Photos with captions',
      from(file('image', { caption: 'Board 7, *cracked at the end* of the row' }, 'b')),
      ours(file('image', { caption: 'Like this?' }, 'ours')),
      from(file('image', { caption: ARABIC }, 'c')),
    ),
    state(
      'photo-sizes',
      'Photos that are wide, high, tiny, and of unknown size',
      ...[
        [3000, 400],
        [400, 3000],
        [40, 30],
        [null, null],
      ].map(([width = null, height = null], i) => from(file('image', { width, height }, `size-${i}`))),
    ),
    state(
      'photo-huge',
      'A photo of 30,000 × 30,000 pixels',
      from(file('image', { width: 30_000, height: 30_000 })),
    ),
    state('photo-unreadable', 'Something else that says it is a photo', from(noPicture())),
    state('photo-unknown', 'A photo that is not to be had', from(file('image', { media: { id: 'none' } }))),
    state('photo-coming', 'A photo that is not here', ...coming('image')),
    state('sticker', 'Stickers', from(file('sticker')), ours(file('sticker', {}, 'ours'))),
    state('sticker-coming', 'A sticker that is not here', ...coming('sticker')),
    state(
      'audio',
      'Recordings',
      from(file('audio', { voice: true })),
      ours(file('audio', { voice: true }, 'ours')),
      from(file('audio', { waveform: null, caption: 'The noise of the saw' })),
      from(file('audio', { media: { id: 'none' }, duration: null }, 'unknown')),
    ),
    state('audio-coming', 'A recording that is not here', ...coming('audio', { voice: true })),
    state('video-coming', 'A video that is not here', ...coming('video')),
    state(
      'document',
      'Documents',
      from(paper('Floor plan.pdf')),
      from(
        paper('Floor plan, second storey, measured 2026-11-18 (final, really final).pdf', {
          caption: 'The plan',
        }),
      ),
      from(paper('مخطط الطابق الثاني.pdf')),
      ours(paper('Offer HP-10482.xlsx', { mimeType: 'application/vnd.ms-excel', bytes: 48_200 })),
      ours(paper('Fabrics.pptx', { mimeType: null, bytes: 12_000_000 })),
      from(paper(null)),
    ),
    state(
      'document-hostile',
      'Names that would fool somebody',
      // Shown as 'invoicefdp.exe', without what turns it.
      from(paper('invoice\u202Efdp.exe', { mimeType: 'application/pdf' })),
      from(paper('..\\..\\Windows\\System32\\evil.bat', { mimeType: 'text/plain' })),
      from(paper(`${'<b>nothing</b> '.repeat(40)}.pdf`)),
      from(paper('א'.repeat(400))),
    ),
    state(
      'document-coming',
      'A document that is not here',
      ...coming('document', { fileName: 'Floor plan.pdf' }),
    ),
  ],
};
