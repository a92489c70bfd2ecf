import type { Entry } from '../catalogue.js';

/** Words of the conversation: its header, transcript, messages and composer. */
export const conversation = {
  'interaction.region': 'Conversation with {name}',
  'interaction.region-empty': 'Conversation',
  'interaction.channel': 'WhatsApp',
  'interaction.inbound': 'inbound session',
  'interaction.outbound': 'outbound session',
  'interaction.elapsed': 'Time since the session began',
  'interaction.actions': 'What to do with this conversation',
  'interaction.more': 'More actions',
  'interaction.park': 'Move to Workbin',
  'interaction.park-to': 'Move to Workbin: {workbin}',
  'interaction.done': 'Mark Done',
  'interaction.window-left': '{duration} left',
  'interaction.window-closed': 'closed',
  'interaction.window-open-hint':
    'Service window: free text reaches {name} until {time}. It starts again with each message from the contact.',
  'interaction.window-closed-hint':
    'Service window closed: more than 24 hours have passed since the last message from {name}.',
  'interaction.window-never-hint': 'Service window closed: {name} has not written yet.',
  'interaction.unavailable-closed':
    'More than 24 hours have passed since the last message from {name}. WhatsApp delivers no free text until the contact writes again.',
  'interaction.unavailable-never':
    '{name} has not written yet. WhatsApp delivers no free text before the contact does.',
  'interaction.unavailable-done': 'This conversation is done.',
  'interaction.unavailable-elsewhere': 'This conversation is not on your desk. Open it to answer.',
  'interaction.draft-kept': 'Your draft is kept.',
  'interaction.none': 'No conversation is open.',
  'interaction.none-hint': 'Accept an invitation, or open a conversation from a workbin.',
  'interaction.missing': 'This conversation is not on your desk any more.',
  'interaction.missing-hint': 'It was moved to a workbin, given to someone else, or is done.',
  'interaction.announce': '{name}: {text}',
  'interaction.announce-many': { one: '{name}: {count} new message', other: '{name}: {count} new messages' },

  'transcript.label': 'Messages',
  'transcript.older': 'See older messages…',
  'transcript.loading-older': 'Loading older messages',
  'transcript.loading': 'Loading messages',
  'transcript.failed': 'The messages could not be loaded.',
  'transcript.failed-older': 'Older messages could not be loaded.',
  'transcript.failed-offline': 'There is no connection. Messages appear as soon as it is back.',
  'transcript.empty': 'No messages yet.',
  'transcript.new': { one: '{count} new message', other: '{count} new messages' },
  'transcript.to-end': 'Go to the newest message',
  'transcript.unread': { one: '{count} unread message', other: '{count} unread messages' },
  'transcript.session-inbound': 'Session started by the contact',
  'transcript.session-outbound': 'Session started by an agent',
  'transcript.unknown': 'Something happened that cannot be shown here ({type}).',

  'message.from': '{name} wrote:',
  'message.from-agent': 'You wrote:',
  'message.forwarded': 'Forwarded',
  'message.reply': 'Answer to an earlier message',
  'message.edit': 'Edit',
  'message.discard': 'Discard',
  'message.code': 'Code {code}',
  'message.lookalike': 'Careful: this address may pass for another one. It leads to {host}.',
  'message.opens-tab': 'opens in a new tab',

  'message.state.queued': 'Waiting to be sent',
  'message.state.sending': 'Sending',
  'message.state.sent': 'Sent',
  'message.state.delivered': 'Delivered',
  'message.state.read': 'Read',
  'message.state.played': 'Played',
  'message.state.failed': 'Not sent',
  'message.state.unknown': 'Not confirmed',

  'message.unknown-outcome':
    'WhatsApp did not confirm this message. It may have arrived: wait for a confirmation, or ask, before you repeat it.',
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

  'message.kind.audio': 'Audio',
  'message.kind.voice': 'Voice message',
  'message.kind.contacts': { one: 'Contact card', other: '{count} contact cards' },
  'message.kind.order': { one: 'Order of {count} item', other: 'Order of {count} items' },
  'message.kind.reply-button': 'Chose an answer',
  'message.kind.reply-list': 'Chose from the list',
  'message.kind.reply-flow': 'Filled in a form',
  'message.kind.reaction': 'Reaction to an earlier message',
  'message.kind.reaction-removed': 'Took a reaction back',
  'message.kind.edited': 'Changed an earlier message',
  'message.kind.deleted': 'Deleted an earlier message',
  'message.kind.unsupported': 'A message that cannot be shown here',
  'message.media-later': 'Cannot be opened here yet.',
  'message.media-missing': 'WhatsApp did not hand over the file.',
  'message.map': 'Open the map',
  'message.label': 'Type: {label}',

  'composer.message': 'Message',
  'composer.placeholder': 'Write a message',
  'composer.send': 'Send',
  'composer.count': '{used} of {limit} characters',
  'composer.over': {
    one: '{used} of {limit} characters: {count} too many. Shorten the text to send it.',
    other: '{used} of {limit} characters: {count} too many. Shorten the text to send it.',
  },
  'composer.hint-send': 'Enter sends, Shift + Enter begins a new line.',
  'composer.hint-newline': 'Enter begins a new line, Ctrl + Enter sends.',
} as const satisfies Record<string, Entry>;
