import { NO_VALUES, templateContent, templateParameters } from '../../model/index.js';
import type { RefusalKind, Template, TemplatePage, TemplateValues } from '../../model/index.js';
import { expect, expectSame } from './expect.js';
import { expectRefusal, kindOfFailure } from './probe.js';
import type { Probe } from './probe.js';
import type { Case } from './scene.js';

const FEATURE = 'templates';

/** Templates of WhatsApp's. Judged by whatever the business account has. */
export const TEMPLATE_CASES: readonly Case[] = [
  {
    name: 'templates come page by page, each once, by name and language',
    feature: FEATURE,
    run: async (scene) => {
      const { desk, id: interaction } = await scene.accepted();
      const all = await findAll(desk, interaction, '', 50);
      expectSame(await findAll(desk, interaction, '', 2), all, 'What is there, two a page');
      const keys = all.map(({ name, language }) => `${name} ${language}`);
      expectSame(new Set(keys).size, keys.length, 'How many there are of one name and language');
      expectSame(keys.toSorted(), keys, 'Their order');
    },
  },
  {
    name: 'templates are found by words of their names',
    feature: FEATURE,
    run: async (scene) => {
      const { desk, id: interaction } = await scene.accepted();
      const [first] = await findAll(desk, interaction, '', 50);
      if (!first) return;
      const found = await findAll(desk, interaction, first.name.replaceAll('_', ' '), 50);
      expect(
        found.some(({ name }) => name === first.name),
        'A template is found by the words of its name.',
      );
      expectSame(await findAll(desk, interaction, 'nothingofthis', 50), [], 'What nobody wrote');
      const args = { interaction, text: '', after: 'no page', limit: 10 };
      expectSame(
        await kindOfFailure(desk.query({ name: 'templates', args })),
        'invalid',
        'A page of nothing',
      );
    },
  },
  {
    name: 'a template is sent with its values, and stands in the transcript as the contact sees it',
    feature: FEATURE,
    run: async (scene) => {
      const { desk, id: interaction } = await scene.accepted();
      const template = (await findAll(desk, interaction, '', 50)).find(isPlain);
      if (!template) return;
      const { name, language } = template;
      const values = someValues(template);
      await desk.does('send-message', {
        interaction,
        content: { kind: 'template', name, language, values },
      });
      const said = desk.eventsOf('message-sent').at(-1)?.body.message.content;
      expectSame(said, templateContent(template, values), 'What the transcript shows');
    },
  },
  {
    name: 'a template that is not filled in, or that nobody has, is refused',
    feature: FEATURE,
    run: async (scene) => {
      const { desk, id: interaction } = await scene.accepted();
      const refuses = (kind: RefusalKind, { name, language }: Pick<Template, 'name' | 'language'>) => {
        const content = { kind: 'template', name, language, values: NO_VALUES } as const;
        return expectRefusal(desk, kind, 'send-message', { interaction, content });
      };
      await refuses('not-found', { name: 'nothing_of_this', language: 'en_US' });
      const all = await findAll(desk, interaction, '', 50);
      const wanting = all.find((one) => isPlain(one) && templateParameters(one).length > 0);
      if (wanting) await refuses('invalid', wanting);
      const stopped = all.find(({ status }) => status !== 'approved');
      if (stopped) await refuses('invalid', stopped);
    },
  },
];

/** One that can be sent, with text alone above its body. */
function isPlain({ status, unsupported, header }: Template): boolean {
  return status === 'approved' && unsupported.length === 0 && (header === null || header.kind === 'text');
}

function someValues(template: Template): TemplateValues {
  const values = { header: {}, body: {}, buttons: {} } as Record<
    keyof TemplateValues,
    Record<string, string>
  >;
  for (const { part, key } of templateParameters(template)) values[part][key] = `value-${key}`.slice(0, 15);
  return values;
}

async function findAll(
  desk: Probe,
  interaction: string,
  text: string,
  limit: number,
): Promise<readonly Template[]> {
  const found: Template[] = [];
  let after: string | null = null;
  do {
    // oxlint-disable-next-line no-await-in-loop -- Page by page.
    const page: TemplatePage = await desk.query({
      name: 'templates',
      args: { interaction, text, after, limit },
    });
    found.push(...page.items);
    after = page.next;
  } while (after !== null);
  return found;
}
