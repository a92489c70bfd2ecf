import type { DraftAttachment } from 'whatsapp-workspace/model';
import { shows } from '../state.js';
import type { Group, State } from '../state.js';
import { ARABIC } from '../texts.js';

type Properties = Partial<HTMLElementTagNameMap['attachment-tray']>;
type Incoming = NonNullable<Properties['incoming']>[number];

const tray = (id: string, title: string, properties: Properties): State =>
  shows('attachment-tray', id, title, () => ({ fileOf: picture, ...properties }), { ground: 'panel' });

export const file = (name: string, more: Partial<DraftAttachment> = {}): DraftAttachment => ({
  id: `file-${name}`,
  name,
  as: 'document',
  mimeType: 'application/pdf',
  bytes: 240_000,
  caption: '',
  ...more,
});

const photo = (name: string, more: Partial<DraftAttachment> = {}): DraftAttachment =>
  file(name, { as: 'image', mimeType: 'image/jpeg', bytes: 1_840_000, ...more });

const refused = (key: string, name: string, bytes: number, refusal: Incoming['refusal']): Incoming => ({
  key,
  name,
  bytes,
  refusal,
});

export const FILES: readonly DraftAttachment[] = [
  photo('sample-14.jpg'),
  photo('workshop.jpg', { caption: 'The darker one, on the left.' }),
  file('Offer 2026-117, oak table and six chairs.pdf'),
  file('measurements.xlsx', {
    mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    bytes: 18_000,
  }),
  file('how to assemble.mp4', { as: 'video', mimeType: 'video/mp4', bytes: 14_700_000 }),
  file('message.ogg', { as: 'audio', mimeType: 'audio/ogg; codecs=opus', bytes: 96_000 }),
];

export const attachmentTray: Group = {
  tag: 'attachment-tray',
  states: [
    tray('one', 'A document', { attachments: [file('invoice.pdf')] }),
    tray('many', 'Every kind, more than fit', { attachments: FILES }),
    tray('checking', 'One is still being looked at', {
      attachments: [photo('sample-14.jpg')],
      incoming: [refused('k1', 'contract.docx', 900_000, null)],
    }),
    tray('refused', 'Files that cannot be sent', {
      attachments: [photo('sample-14.jpg')],
      incoming: [
        refused('k1', 'portrait.png', 900, { kind: 'misnamed', found: 'image/svg+xml' }),
        refused('k2', 'walk through.mp4', 48_000_000, { kind: 'too-large', as: 'video', limit: 16_777_216 }),
        refused('k3', 'holiday.mov', 9_000_000, { kind: 'unknown', found: 'video/quicktime' }),
      ],
    }),
    tray('names', 'Names in Arabic, endless and hostile', {
      attachments: [
        file(`${ARABIC.slice(0, 40)}.pdf`),
        file(`${'x'.repeat(110)}.pdf`),
        file('<img src=x onerror=alert(1)>.pdf'),
        file(''),
      ],
    }),
  ],
};

/** A picture that is drawn here. */
export async function picture(id: string): Promise<Blob | null> {
  const canvas = Object.assign(document.createElement('canvas'), { width: 320, height: 240 });
  const context = canvas.getContext('2d');
  if (!context) return null;
  const gradient = context.createLinearGradient(0, 0, 320, 240);
  gradient.addColorStop(0, id.includes('14') ? '#7a4a21' : '#3c6e71');
  gradient.addColorStop(1, id.includes('14') ? '#d9a066' : '#d9e4dd');
  context.fillStyle = gradient;
  context.fillRect(0, 0, 320, 240);
  return new Promise((resolve) => canvas.toBlob(resolve));
}
