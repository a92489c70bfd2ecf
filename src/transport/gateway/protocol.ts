/**
 * The socket protocol between a desk and the gateway: JSON text frames, shared by both sides.
 *
 *     C hello {token, cursor}                 S welcome {…}, then S reset {snapshot} unless the cursor could be resumed from
 *     S event {event}                         S cursor {seq}      nothing for you up to seq
 *     C command {command}                     S receipt {receipt}
 *     C query {id, query}                     S result {id, ok, result | error}
 *     C token {token}                         S token {expiresAt}   a fresh token on a living connection
 *     S ping                                  C pong
 *     C ping                                  S pong {serverTime}   only to gateways with the feature `ping`
 *
 * Either side may be newer than the other. A client leaves out frames whose type it does not know, takes events that it cannot read for unknown ones, and
 * reads lists of words as open. The gateway answers commands, queries and other frames with an id that it does not know by a refusal of kind `unsupported`,
 * those that it knows and that do not fit by one of kind `invalid`, and closes the socket only on what is no frame at all.
 */
export * from './frames.js';
export { readCommandResult } from './model-shapes.js';
export { readAnyResult as readResult } from './part-shapes.js';
export { readOutboundContent } from './outbound-shapes.js';
export { parseClientFrame, type UnreadFrame } from './parse-client-frame.js';
export { parseServerFrame } from './parse-server-frame.js';
export { UPLOAD_PATH } from './upload-path.js';
