import { graphError, invalid, missing, type GraphError } from './graph-error.js';

/** A request to send a text, found to be in order. */
export interface SendRequest {
  /** What the request named as recipient. */
  readonly input: string;
  readonly phone: string | null;
  readonly bsuid: string | null;
  readonly text: string;
  readonly callbackData: string | null;
}

const BSUID = /^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/;
const TEXT_LIMIT = 4096;
const CALLBACK_LIMIT = 512;

/** Reads a request as the Cloud API does, or says what is wrong with it as the Cloud API does. */
export function readSendRequest(body: unknown): SendRequest | GraphError {
  if (!isObject(body)) return graphError(400, 100, '(#100) The body is no JSON object.');
  if (body['messaging_product'] !== 'whatsapp') return missing('messaging_product');
  if ((body['recipient_type'] ?? 'individual') !== 'individual')
    return invalid('recipient_type must be individual');
  const type = body['type'] ?? 'text';
  if (type !== 'text') {
    const details = 'This stand-in plays text messages only.';
    return graphError(400, 131051, '(#131051) Unsupported message type', { details });
  }
  const callbackData = body['biz_opaque_callback_data'] ?? null;
  if (callbackData !== null && (typeof callbackData !== 'string' || callbackData.length > CALLBACK_LIMIT)) {
    return tooLong('biz_opaque_callback_data', CALLBACK_LIMIT);
  }
  const recipient = readRecipient(body);
  if ('status' in recipient) return recipient;
  const text = readText(body);
  return typeof text === 'string' ? { ...recipient, text, callbackData } : text;
}

function readRecipient(
  body: Record<string, unknown>,
): { input: string; phone: string | null; bsuid: string | null } | GraphError {
  const { to, recipient } = body;
  if (to !== undefined && to !== null && to !== '') {
    const input = typeof to === 'number' ? String(to) : to;
    if (typeof input !== 'string') return invalid('to is no phone number');
    // A user id in `to` is answered like a number; it is the message that comes to nothing.
    const phone = input.replaceAll(/\D/g, '');
    return phone === '' ? invalid('to is no phone number') : { input, phone, bsuid: null };
  }
  if (recipient === undefined || recipient === null || recipient === '') return missing('to');
  if (typeof recipient !== 'string' || !BSUID.test(recipient)) return invalid('recipient is no user id');
  return { input: recipient, phone: null, bsuid: recipient };
}

function readText(body: Record<string, unknown>): string | GraphError {
  if (!isObject(body['text'])) return missing('text');
  const text = body['text']['body'];
  if (typeof text !== 'string' || text.trim() === '') return missing("text['body']");
  return [...text].length > TEXT_LIMIT ? tooLong("text['body']", TEXT_LIMIT) : text;
}

function tooLong(parameter: string, limit: number): GraphError {
  return graphError(400, 100, `(#100) Param ${parameter} must be at most ${limit} characters long.`);
}

/** Whether what stands in `to` is a user id, which the Cloud API takes for a number that nobody has. */
export function isMisplaced(request: SendRequest): boolean {
  return request.phone !== null && BSUID.test(request.input);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
