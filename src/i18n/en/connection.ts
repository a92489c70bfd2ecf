import type { Entry } from '../catalogue.js';

/** Words of the connection: its state, and messages whose conversation has left the desk. */
export const connection = {
  'connection.connecting': 'Connecting…',
  'connection.offline': 'Offline.',
  'connection.as-of': 'As of {time}, offline.',
  'connection.waiting-messages': {
    one: '{count} message waits and will be sent.',
    other: '{count} messages wait and will be sent.',
  },
  'connection.busy': 'The contact centre is busy.',
  'connection.retry-in': 'Next try in {time}.',
  'connection.back': 'Connected again.',
  'connection.unauthorized': 'Your sign-in has ended. Sign in again, then try again.',
  'connection.refused': 'This page was not allowed to connect. Ask your administrator to allow it.',
  'connection.invalid': 'This page and the contact centre do not understand each other. Reload the page.',
  'connection.unsupported': 'The contact centre cannot do what this page needs. Ask your administrator.',
  'connection.too-many': 'You have too many desks open. Close some of their tabs, then try again.',
  'connection.unreachable': 'The contact centre cannot be reached. Check your network, then try again.',
  'connection.kept': 'What you have written is kept.',
  'connection.memory':
    'This browser does not let us store anything: unsent messages and drafts are lost if you close or reload the page.',
  'connection.outdated':
    'A newer version of this page is open in another tab. Reload this page: what you write here now is lost when it is closed.',
  'connection.stopped.access': 'Sending is stopped: WhatsApp does not let the contact centre in.',
  'connection.stopped.restricted': 'Sending is stopped: WhatsApp has restricted the business account.',
  'connection.stopped.payment': 'Sending is stopped: WhatsApp waits for a payment.',
  'connection.stopped.registration': 'Sending is stopped: the number is not registered with WhatsApp.',
  'connection.stopped.outage': 'Sending is stopped: WhatsApp does not answer.',
  'connection.stopped.other': 'Sending is stopped.',
  'connection.stopped.wait':
    'What you send waits, and goes by itself when this is mended. Tell your administrator.',
  'connection.slow':
    'Sending is slow: WhatsApp limits how much this number sends. What you send waits its turn.',
  'connection.sends-again': 'Messages are being sent again.',
  'connection.lost':
    'The conversation with {name} goes on with another agent, who already talks with the same person ({address}).',
  'connection.close-lost': 'Close the notice about {name}',
  'connection.stranded': {
    one: '{count} message was not sent, and its conversation has left your desk.',
    other: '{count} messages were not sent, and their conversations have left your desk.',
  },

  'failures.title': {
    one: '1 message was not delivered. Its conversation has left your desk.',
    other: '{count} messages were not delivered. Their conversations have left your desk.',
  },
  'failures.doubt-title': {
    one: '1 message was not confirmed. Its conversation has left your desk.',
    other: '{count} messages were not confirmed. Their conversations have left your desk.',
  },
  'failures.doubt': 'WhatsApp did not confirm this message. It may have arrived: ask before you repeat it.',
  'failures.announce': 'A message to {name} was not delivered.',
  'failures.announce-doubt': 'A message to {name} was not confirmed.',
  'failures.show': 'Show',
  'failures.copy': 'Copy',
  'failures.copied': 'Copied',
  'failures.done': 'The conversation is done.',
  'failures.queued': 'The conversation waits for an agent.',
  'failures.dismiss': 'Dismiss the message to {name}',
} as const satisfies Record<string, Entry>;
