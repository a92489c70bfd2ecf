/**
 * The socket protocol between a desk and the gateway: JSON text frames, shared by both sides.
 *
 *     C hello {token, cursor}                 S welcome {…}, then S reset {snapshot} unless the cursor could be resumed from
 *     S event {event}                         S cursor {seq}      nothing for you up to seq
 *     C command {command}                     S receipt {receipt}
 *     C query {id, query}                     S result {id, ok, result | error}
 *     C token {token}                         a fresh token on a living connection
 *     S ping                                  C pong
 */
export * from './frames.js';
export { parseClientFrame } from './parse-client-frame.js';
export { parseServerFrame } from './parse-server-frame.js';
