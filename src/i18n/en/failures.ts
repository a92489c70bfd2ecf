import type { Entry } from '../catalogue.js';

/** Why a message was not sent, and what to do. */
export const failures = {
  'failures.details': 'Details',
  'message.announce-failed': 'Message to {name} not sent. {reason}',
  'message.discard': 'Discard',
  'message.file-lost': 'The contact centre does not have this file. Discard this and attach it again.',
  'message.failed.other': 'WhatsApp did not deliver this message. Try again later, or use another channel.',
  'message.failed.undeliverable':
    'WhatsApp cannot reach this contact: the number may not be on WhatsApp, or the app is too old. Use another channel.',
  'message.failed.window':
    'More than 24 hours have passed since the contact’s last message. Wait until the contact writes again.',
  'message.failed.ecosystem':
    'WhatsApp held this message back so that the contact does not get too many of its kind. Try again another day.',
  'message.failed.opted-out':
    'The contact has asked for no such messages. Respect that and do not send it again.',
  'message.failed.media':
    'WhatsApp could not take the attachment. Check its type and size and attach it again.',
  'message.failed.rate': 'Too many messages were sent at once. Wait a moment and try again.',
  'message.failed.pair-rate':
    'Too many messages went to this contact in a short time. Wait a minute and try again.',
  'message.failed.spam':
    'WhatsApp has limited this number because messages were blocked or reported. Tell your supervisor.',
  'message.failed.account': 'The WhatsApp account does not allow this at present. Tell your administrator.',
  'message.failed.access': 'The connection to WhatsApp needs to be renewed. Tell your administrator.',
  'message.failed.payment': 'The WhatsApp account has a payment problem. Tell your administrator.',
  'message.failed.meta': 'WhatsApp had a fault of its own. Try again in a few minutes.',
  'message.failed.invalid': 'WhatsApp did not accept the form of this message. Change it and send it again.',
  'message.failed.same-number':
    'This is the number that the message is sent from. Check the contact’s number.',
  'message.failed.not-allowed':
    'This is a test number that may not write to this contact yet. Tell your administrator.',
} as const satisfies Record<string, Entry>;
