/** All that this gateway knows of the WhatsApp Cloud API: nothing outside this folder reads or writes Meta's JSON. */
export {
  CloudApi,
  type CloudApiOptions,
  type MessageToSend,
  type ReadMark,
  type RetryScope,
  type SendResult,
} from './client.js';
export { mediaIdOf } from './content.js';
export { retryScope, troubleOf } from './error.js';
export * from './media.js';
export * from './read-template.js';
export * from './templates.js';
export type { ContactIdentity } from './identity.js';
export type { Sendable, SendableMedia, SendableTemplate, SendableReaction } from './outbound.js';
export * from './signature.js';
export * from './webhook.js';
export { tameText } from './json.js';
