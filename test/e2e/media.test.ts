import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { firstValueFrom, from, lastValueFrom, tap } from 'rxjs';
import type { Interaction, OutboundMedia } from 'whatsapp-workspace/model';
import type { Workspace } from 'whatsapp-workspace';
import { gatewayTransport } from 'whatsapp-workspace/transport/gateway';
import type { GatewayTransport, SocketConstructor } from 'whatsapp-workspace/transport/gateway';
import { Installation, ROOT, eventually } from './support.js';

/** Node 20 has none of its own. */
const { WebSocket } = createRequire(join(ROOT, 'gateway/package.json'))('ws') as {
  WebSocket: SocketConstructor;
};

describe('files', () => {
  let all: Installation;
  before(async () => {
    all = await Installation.start();
  });
  after(() => all?.stop());

  it('a photo of a contact is had by the page, under its policy', async () => {
    const ana = await all.desk('ana');
    await ana.becomeReady();
    const photo = Buffer.from(await picture(ana.page), 'base64');
    all.standIn.writeAsContact({ contact: 'bruno', text: 'I send you a photo' });
    await ana.accept('Bruno Carvalho');
    all.standIn.writeAsContact({
      contact: 'bruno',
      file: { type: 'image', mime: 'image/png', bytes: photo },
    });
    const shown = await eventually(() => ana.page.evaluate(loadFile));
    assert.deepEqual(shown, { width: 32, height: 24, told: [32, 24] });
    assert.deepEqual(ana.complaints, []);
    await ana.close();
  });

  it('are seen and sent by an agent in the page: a photo comes, words and a document go, in this order', async () => {
    const ana = await all.desk('ana');
    await ana.becomeReady();
    const photo = Buffer.from(await picture(ana.page), 'base64');
    const offer = Buffer.concat([Buffer.from('%PDF-1.4\n'), Buffer.alloc(1_500_000, '%a line\n')]);
    all.standIn.writeAsContact({ contact: 'ana', text: 'What does the table cost?' });
    await ana.accept('Ana Wanjiru');
    all.standIn.writeAsContact({
      contact: 'ana',
      file: { type: 'image', mime: 'image/png', bytes: photo },
    });
    const shown = ana.page.locator('whatsapp-media img');
    await eventually(async () =>
      assert.equal(await shown.evaluate((image) => (image as HTMLImageElement).naturalWidth), 32),
    );
    const [chooser] = await Promise.all([
      ana.page.waitForEvent('filechooser'),
      ana.page.getByRole('button', { name: 'Attach file' }).click(),
    ]);
    await chooser.setFiles({ name: 'Offer.pdf', mimeType: 'application/pdf', buffer: offer });
    await ana.page.getByRole('button', { name: 'Remove Offer.pdf' }).waitFor();
    await ana.write('Here is the offer.');
    const sent = await eventually(() => {
      const messages = all.standIn
        .messages()
        .filter(({ author, contact }) => author === 'business' && contact === 'ana');
      assert.equal(messages.length, 2);
      for (const { state } of messages) assert.ok(['delivered', 'read'].includes(state), state);
      return messages;
    });
    assert.equal(sent[0]?.text, 'Here is the offer.');
    assert.equal(sent[1]?.file?.name, 'Offer.pdf');
    assert.ok(all.standIn.file(sent[1]?.file?.id ?? '')?.bytes.equals(offer), 'Every byte.');
    assert.deepEqual(ana.complaints, []);
    await ana.close();
  });

  it('a document that an agent brings survives the end of the gateway, and arrives byte for byte, once', async () => {
    const bill = Buffer.concat([Buffer.from('%PDF-1.4\n'), Buffer.alloc(6_000_000, '%a line\n')]);
    const adapter = gatewayTransport({ url: all.gateway.url, token: () => tokenOf(all), WebSocket });
    const connected = new Connected(adapter);
    const interaction = await eventually(() => {
      const open = connected.interactions.find(({ state }) => state === 'active');
      assert.ok(open, 'The conversation is on the desk.');
      return open.id;
    });
    const upload = () =>
      from(
        adapter.upload?.('the-bill', new Blob([bill]), {
          mimeType: 'application/pdf',
          fileName: 'bill.pdf',
        }) ?? [],
      );
    let taken = 0;
    const killed = lastValueFrom(
      upload().pipe(
        tap((step) => {
          if (step.at !== 'uploading' || step.taken === 0 || taken > 0) return;
          taken = step.taken;
          void all.gateway.kill();
        }),
      ),
    );
    await assert.rejects(killed, { kind: 'offline' });
    await all.gateway.start();
    const resumed = upload();
    const first = await firstValueFrom(resumed);
    assert.ok(first.at === 'uploading' && first.taken >= taken, 'It goes on where it was.');
    const last = await lastValueFrom(resumed);
    assert.ok(last.at === 'stored');
    const { media } = last;
    const content: OutboundMedia = {
      kind: 'media',
      as: 'document',
      upload: 'the-bill',
      media,
      fileName: 'bill.pdf',
      caption: null,
    };
    const command = { id: randomUUID(), name: 'send-message', args: { interaction, content } } as const;
    const receipt = await connected.live(() => firstValueFrom(adapter.send(command)));
    assert.ok(receipt.ok, 'It is taken.');
    const sent = () => all.standIn.messages().filter(({ callbackData }) => callbackData === command.id);
    await eventually(() => assert.equal(sent()[0]?.state, 'delivered'));
    assert.equal(sent().length, 1);
    const [got] = sent();
    assert.equal(got?.file?.name, 'bill.pdf');
    assert.ok(all.standIn.file(got?.file?.id ?? '')?.bytes.equals(bill), 'Every byte.');
    connected.end();
  });
});

/** A link that is made again when it is lost, as a workspace does. */
class Connected {
  /** What was on the desk when it was last connected. */
  interactions: readonly Interaction[] = [];
  readonly #adapter: GatewayTransport;
  #subscription: { unsubscribe(): void } | null = null;
  #ended = false;
  #welcomed = false;

  constructor(adapter: GatewayTransport) {
    this.#adapter = adapter;
    this.#connect();
  }

  /** Does something once there is a link. */
  live<T>(action: () => Promise<T>): Promise<T> {
    return eventually(() => {
      assert.ok(this.#welcomed, 'There is no link.');
      return action();
    });
  }

  end(): void {
    this.#ended = true;
    this.#subscription?.unsubscribe();
  }

  #connect(): void {
    this.#welcomed = false;
    this.#subscription = this.#adapter.connect(null).subscribe({
      next: (frame) => {
        if (frame.kind === 'welcome') this.#welcomed = true;
        if (frame.kind === 'snapshot') this.interactions = frame.snapshot.interactions;
      },
      error: () => {
        this.#welcomed = false;
        if (!this.#ended) setTimeout(() => this.#connect(), 50);
      },
    });
  }
}

async function tokenOf(all: Installation): Promise<string> {
  const response = await fetch(`${all.gateway.url}/demo/token?agent=ana`);
  return ((await response.json()) as { token: string }).token;
}

/** A picture as a browser makes it, in base64. */
function picture(page: { evaluate<T>(script: () => T): Promise<T> }): Promise<string> {
  return page.evaluate(() => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [32, 24];
    canvas.getContext('2d')?.fillRect(4, 4, 20, 10);
    return canvas.toDataURL('image/png').split(',')[1] ?? '';
  });
}

/** In the page: asks where the last file of the open conversation is, and loads it into an image. */
async function loadFile(): Promise<{ width: number; height: number; told: unknown }> {
  const { workspace } = document.querySelector('whatsapp-workspace') as unknown as { workspace: Workspace };
  type Watch<T> = { subscribe(next: (value: T) => void): { unsubscribe(): void } };
  const first = <T>(stream: Watch<T>) => new Promise<T>((resolve) => stream.subscribe(resolve));
  const { interactions } = await first(workspace.state$);
  const [open] = [...interactions.values()].filter(({ state }) => state === 'active');
  const { transcript } = await first(workspace.transcript$(open?.id ?? ''));
  const items = transcript.chunks.flatMap((chunk) => chunk.items);
  const contents = items.flatMap((item) => (item.kind === 'message' ? [item.message.content] : []));
  const content = contents.findLast((one) => one.kind === 'image');
  if (content?.kind !== 'image' || !content.media) throw new Error('There is no file yet.');
  const { url } = await first(workspace.mediaSource(content.media));
  const image = new Image();
  image.src = url;
  await image.decode();
  return { width: image.naturalWidth, height: image.naturalHeight, told: [content.width, content.height] };
}
