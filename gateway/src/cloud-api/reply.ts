import type { Content, FlowField, ReplyContent } from 'whatsapp-workspace/model';
import { asId, asObject, asText, tame, type JsonObject } from './json.js';

/** A tap on a quick reply of a template. */
export function readButton(message: JsonObject): Content | null {
  const button = asObject(message['button']);
  const payload = asId(button['payload']);
  return reply('button', asText(button['text']) ?? payload, { id: payload });
}

/** An answer to buttons, a list or a Flow; null for kinds of `interactive` that are none. */
export function readInteractive(message: JsonObject): Content | null {
  const interactive = asObject(message['interactive']);
  const type = asText(interactive['type']) ?? '';
  const chosen = asObject(interactive[type]);
  const id = asId(chosen['id']);
  switch (type) {
    case 'button_reply':
      return reply('button', asText(chosen['title']) ?? id, { id });
    case 'list_reply':
      return reply('list', asText(chosen['title']) ?? id, { id, description: asText(chosen['description']) });
    case 'nfm_reply':
      return reply('flow', asText(chosen['body']) ?? asText(chosen['name']), {
        id: asText(chosen['name']),
        ...flowAnswers(chosen['response_json']),
      });
    case 'call_permission_reply':
      return reply('button', asText(chosen['response']), { description: type });
    default:
      return null;
  }
}

function reply(
  source: ReplyContent['source'],
  title: string | null,
  known: Partial<Pick<ReplyContent, 'description' | 'id' | 'fields'>>,
): Content | null {
  if (title === null) return null;
  return { kind: 'reply', source, title, description: null, id: null, fields: [], ...known };
}

/** The answers of a Flow. They come as JSON in a string; the token is no answer. What is no object stays as it was written. */
function flowAnswers(json: unknown): Pick<ReplyContent, 'description' | 'fields'> {
  const written = asText(json);
  const answers = written === null ? asObject(json) : asObject(parse(written));
  const fields: FlowField[] = Object.entries(answers)
    .filter(([name]) => name !== 'flow_token')
    .map(([name, answer]) => ({
      name,
      value: typeof answer === 'string' ? answer : (JSON.stringify(answer) ?? ''),
    }));
  return { description: Object.keys(answers).length > 0 ? null : written, fields };
}

/** What was written inside a string has not been tamed with the webhook. */
function parse(json: string): unknown {
  try {
    return tame(JSON.parse(json));
  } catch {
    return null;
  }
}
