import { firstValueFrom, from, throwError, toArray } from 'rxjs';
import type { Observable } from 'rxjs';
import type { MediaRef } from '../../model/index.js';
import { TransportError } from '../adapter.js';
import type { DeclaredFile, MediaSource, TransportAdapter, UploadStep } from '../adapter.js';
import { expect, expectSame } from './expect.js';
import { kindOfFailure, newId } from './probe.js';
import type { Case } from './scene.js';

/** A JPEG as far as its first bytes tell; large enough to take more than a moment. */
const BYTES = 3 * 1024 * 1024;
const PHOTO: DeclaredFile = { mimeType: 'image/jpeg', fileName: 'photo.jpg' };

/** Files that desks take to the contact centre, and where they are to be had from. */
export const UPLOAD_CASES: readonly Case[] = [
  {
    name: 'what the welcome says of files, the adapter can do',
    run: async (scene) => {
      const desk = await scene.online();
      for (const feature of ['upload', 'media'] as const) {
        const can = scene.harness.adapter[feature] !== undefined;
        const says = desk.welcome.features?.includes(feature) ?? false;
        expect(can || !says, `The welcome says ${feature}, and the adapter has no such method.`);
      }
    },
  },
  {
    name: 'an upload tells how much was taken, never less than before, and ends with the file',
    asks: ['upload'],
    run: async (scene) => {
      await scene.online();
      const steps = await upload(scene.harness.adapter, newId(), photo());
      const taken = steps.flatMap((step) => (step.at === 'uploading' ? [step.taken] : []));
      expect(taken.length > 0, 'An upload tells how far it has come.');
      expectSame(
        taken,
        taken.toSorted((a, b) => a - b),
        'What was told to be taken',
      );
      expect(
        steps.every((step) => step.at === 'stored' || (step.of === BYTES && step.taken <= BYTES)),
        'What is told counts bytes of the file.',
      );
      const ref = refOf(steps);
      expectSame(steps.filter(({ at }) => at === 'stored').length, 1, 'How often the end was told');
      expect(ref.id.length > 0, 'A stored file has an id.');
    },
  },
  {
    name: 'the same upload twice is one file',
    asks: ['upload'],
    run: async (scene) => {
      await scene.online();
      const [id, blob] = [newId(), photo()];
      const first = refOf(await upload(scene.harness.adapter, id, blob));
      expectSame(refOf(await upload(scene.harness.adapter, id, blob)), first, 'The file');
      const other = refOf(await upload(scene.harness.adapter, newId(), photo(1)));
      expect(other.id !== first.id, 'Two files have two ids.');
    },
  },
  {
    name: 'an upload that was broken off goes on where it was',
    asks: ['upload'],
    run: async (scene) => {
      await scene.online();
      const [id, blob] = [newId(), photo()];
      const reached = await breakOff(scene.harness.adapter, id, blob);
      const steps = await upload(scene.harness.adapter, id, blob);
      const first = steps.find((step) => step.at === 'uploading');
      expect(
        first === undefined || first.taken >= reached,
        `${reached} bytes had been taken; it went on from ${first?.taken}.`,
      );
      refOf(steps);
    },
  },
  {
    name: 'an upload that the link was lost under can be tried again',
    asks: ['upload'],
    run: async (scene) => {
      const desk = await scene.online();
      const [id, blob] = [newId(), photo()];
      await breakOff(scene.harness.adapter, id, blob);
      await scene.harness.dropLink();
      await desk.lost();
      const before = await outcome(scene.harness.adapter, id, blob);
      expect(before === 'stored' || before === 'offline', `Without a link an upload is ${before}.`);
      desk.connect(desk.cursor);
      await desk.until(
        'another welcome',
        () => desk.frames.filter(({ kind }) => kind === 'welcome').length === 2,
      );
      refOf(await upload(scene.harness.adapter, id, blob));
    },
  },
  {
    name: 'an id is not taken for another file',
    asks: ['upload'],
    run: async (scene) => {
      await scene.online();
      const id = newId();
      await upload(scene.harness.adapter, id, photo());
      const kind = await kindOfFailure(upload(scene.harness.adapter, id, photo(0, BYTES - 1)));
      expectSame(kind, 'invalid', 'The kind of the error');
    },
  },
  {
    name: 'a stored file is to be had from somewhere',
    asks: ['upload', 'media'],
    run: async (scene) => {
      const desk = await scene.online();
      const ref = refOf(await upload(scene.harness.adapter, newId(), photo()));
      const { url, until } = await sourceOf(scene.harness.adapter, ref);
      expect(URL.canParse(url), 'Where a file is has an address.');
      expect(until === null || until > desk.welcome.serverTime, 'An address is good for a while.');
      await kindOfFailure(sourceOf(scene.harness.adapter, { id: 'no-such-file' }));
    },
  },
];

function photo(seed = 0, size = BYTES): Blob {
  const bytes = new Uint8Array(size).fill(seed);
  bytes.set([0xff, 0xd8, 0xff, 0xe0]);
  return new Blob([bytes], { type: PHOTO.mimeType });
}

function steps$(adapter: TransportAdapter, id: string, blob: Blob): Observable<UploadStep> {
  return from(adapter.upload?.(id, blob, PHOTO) ?? throwError(unsupported));
}

function sourceOf(adapter: TransportAdapter, ref: MediaRef): Promise<MediaSource> {
  return firstValueFrom(from(adapter.media?.(ref) ?? throwError(unsupported)));
}

function unsupported(): TransportError {
  return new TransportError('unsupported', 'The adapter cannot do that.');
}

function upload(adapter: TransportAdapter, id: string, blob: Blob): Promise<readonly UploadStep[]> {
  return firstValueFrom(steps$(adapter, id, blob).pipe(toArray()));
}

function refOf(steps: readonly UploadStep[]): MediaRef {
  const last = steps.at(-1);
  expect(last?.at === 'stored', 'An upload ends with the file.');
  return last.media;
}

async function outcome(adapter: TransportAdapter, id: string, blob: Blob): Promise<string> {
  try {
    return refOf(await upload(adapter, id, blob)) && 'stored';
  } catch (error) {
    return error instanceof TransportError ? error.kind : String(error);
  }
}

/** Unsubscribes when more than the beginning was taken: what begins anew then shows. @returns How much. */
function breakOff(adapter: TransportAdapter, id: string, blob: Blob): Promise<number> {
  return new Promise((resolve, reject) => {
    let told = 0;
    const subscription = steps$(adapter, id, blob).subscribe({
      next: (step) => {
        if (step.at === 'uploading' && (step.taken === 0 || ++told < 2)) return;
        resolve(step.at === 'uploading' ? step.taken : BYTES);
        // The first step may come while `subscribe` is still running.
        queueMicrotask(() => subscription.unsubscribe());
      },
      error: reject,
    });
  });
}
