import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { from, lastValueFrom } from 'rxjs';
import WebSocket from 'ws';
import {
  templateContent,
  templateFault,
  templateParameters,
  type OutboundTemplate,
  type Template,
  type TemplateHeaderValue,
} from 'whatsapp-workspace/model';
import { gatewayTransport } from 'whatsapp-workspace/transport/gateway';
import { ACCOUNT } from '../stand-in/stand-in.js';
import type { NewTemplate } from '../stand-in/templates.js';
import { atEnd } from './support/cleanup.js';
import { useDatabase } from './support/database.js';
import { Desk } from './support/desk.js';
import { jpeg, pdf } from './support/files.js';
import { startGateway, tokenFor } from './support/gateway.js';
import { freePort, startTestStandIn } from './support/stand-in.js';
import { until } from './support/until.js';

// From gateway/dist/test to the folder beside the repository.
const FOLDER = new URL('../../../../shared/fixtures/graph-api/', import.meta.url);
const SKIP = existsSync(FOLDER) ? false : 'the recorded templates are not on this machine';

/** What of the recorded templates this version does not send, and the rule that says so. */
const REFUSED: Readonly<Record<string, RegExp>> = {
  abandoned_cart: /MPM/,
  abandoned_cart_offer: /HEADER PRODUCT, SPM/,
  intro_catalog_offer: /CATALOG/,
  carousel_template_media_cards_v1: /CAROUSEL/,
  carousel_template_product_cards_v1: /CAROUSEL/,
  limited_time_offer_caribbean_pkg_2023: /LIMITED_TIME_OFFER/,
};

/** All templates of the recorded requests and answers. */
function recorded(): readonly NewTemplate[] {
  const files = readdirSync(FOLDER).filter((file) => /tmpl_|[tT]emplate/.test(file));
  return files.flatMap((file) => {
    const json = JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as Partial<NewTemplate> & {
      readonly data?: readonly NewTemplate[];
    };
    const all = json.data ?? [json];
    return all.filter((one): one is NewTemplate => Boolean(one.name && one.language && one.components));
  });
}

suite('recorded templates', { skip: SKIP }, async () => {
  if (SKIP) return;
  const database = await useDatabase();
  const port = await freePort();
  const standIn = await startTestStandIn(port);
  atEnd(() => standIn.close());
  const all = recorded();
  for (const one of all) standIn.addTemplate(one);
  const keys = [...new Set(all.map(({ name, language }) => `${name} ${language}`))];
  const gateway = await startGateway({
    databaseUrl: database.url,
    apiUrl: `${standIn.url}/v23.0`,
    accounts: [ACCOUNT],
    port,
  });
  atEnd(() => gateway.close());
  const desk = await Desk.open(gateway.url, { agent: 'ana' });
  atEnd(() => desk.close());
  await desk.ready();
  await standIn.writeAsContact({ contact: { name: 'Maria', phone: '34600111222' }, text: 'Hello' }).taken;
  const { id: interaction } = await desk.accept();
  const adapter = gatewayTransport({ url: gateway.url, token: () => tokenFor('ana'), WebSocket });

  const bring = async (bytes: Buffer, mimeType: string) => {
    const upload = adapter.upload?.(randomUUID(), new Blob([new Uint8Array(bytes)]), {
      mimeType,
      fileName: 'a file',
    });
    const last = await lastValueFrom(from(upload ?? []));
    assert.ok(last.at === 'stored');
    return { kind: 'media', media: last.media, fileName: 'a file' } as const;
  };
  const headerOf = async ({ header }: Template): Promise<TemplateHeaderValue | null> => {
    if (header?.kind === 'location')
      return { kind: 'location', latitude: 46.5, longitude: 11.3, name: 'Here', address: null };
    if (header?.kind !== 'media') return null;
    return header.as === 'document' ? bring(pdf(2000), 'application/pdf') : bring(jpeg(8, 8), 'image/jpeg');
  };
  const find = async (text: string) => {
    const answer = await desk.query({
      name: 'templates',
      args: { interaction, text, after: null, limit: 100 },
    });
    assert.ok(answer.ok);
    return answer.result.items;
  };

  await until('they are read', async () => (await find('')).length > 0);
  const known = new Map((await find('')).map((one) => [`${one.name} ${one.language}`, one]));

  for (const key of keys) {
    test(key, async () => {
      const template = known.get(key);
      assert.ok(template, 'It is read.');
      const header = await headerOf(template);
      const values = { header: {}, body: {}, buttons: {} } as Record<
        'header' | 'body' | 'buttons',
        Record<string, string>
      >;
      for (const { part, key: parameter, kind } of templateParameters(template))
        values[part][parameter] =
          kind === 'text' ? (template.examples[part][parameter] ?? 'something') : 'A1B2';
      const content: OutboundTemplate = {
        kind: 'template',
        name: template.name,
        language: template.language,
        values,
        ...(header && { header }),
      };
      const id = randomUUID();
      const receipt = await desk.command('send-message', { interaction, content }, id);
      const rule = template.status === 'approved' ? REFUSED[template.name] : /it is rejected/;
      if (rule) {
        assert.ok(!receipt.ok);
        assert.match(receipt.error.sentence, rule);
        assert.equal(receipt.error.sentence, templateFault(template, header));
        return;
      }
      assert.ok(receipt.ok, receipt.ok ? '' : receipt.error.sentence);
      const message = await until('it is on the phone', () =>
        standIn.messages().find(({ callbackData }) => callbackData === id),
      );
      assert.equal(message.text, templateContent(template, values).body);
    });
  }
});
