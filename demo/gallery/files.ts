/** Real files, made by script, and messages that carry them. */
import { ContextProvider } from '@lit/context';
import { workspaceContext } from 'whatsapp-workspace';
import type { Workspace } from 'whatsapp-workspace';
import { mediaContent } from 'whatsapp-workspace/model';
import type { MediaContent } from 'whatsapp-workspace/model';
import { MediaStore, sampleFile } from 'whatsapp-workspace/transport/simulated';

export const FILES = new MediaStore();

/** A file that is here. The same seed is the same picture or recording. */
export function file(
  kind: MediaContent['kind'],
  known: Partial<MediaContent> = {},
  seed = 'gallery',
): MediaContent {
  const content = mediaContent(kind, { status: 'stored', ...known });
  const sample = sampleFile(content, seed);
  if (!sample) return content;
  const { mimeType } = sample.facts;
  const declared = { mimeType: mimeType ?? '', fileName: content.fileName };
  return { ...content, media: FILES.promise(sample.make, declared), ...sample.facts, ...known };
}

/** Bytes that are no picture. */
export function noPicture(): MediaContent {
  const blob = new Blob(['<svg onload="alert(1)"><script>alert(2)</script></svg>']);
  return mediaContent('image', {
    status: 'stored',
    mimeType: 'image/jpeg',
    media: FILES.put(blob, { mimeType: 'image/jpeg', fileName: null }),
  });
}

/** Gives what stands in an element a workspace to ask for files. */
export function withFiles<T extends HTMLElement>(element: T, workspace: Workspace): T {
  new ContextProvider(element, { context: workspaceContext, initialValue: workspace });
  return element;
}
