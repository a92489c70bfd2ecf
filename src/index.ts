/** Classes, types and factories. Registers nothing: `whatsapp-workspace/define` does. */
export { AgentSettings } from './elements/agent-settings/agent-settings.js';
export { AttachmentTray } from './elements/attachment-tray/attachment-tray.js';
export * from './elements/attachment-tray/attachment-tray.events.js';
export { AgentStatus } from './elements/agent-status/agent-status.js';
export { ComposerMenu } from './elements/composer-menu/composer-menu.js';
export * from './elements/composer-menu/composer-menu.events.js';
export { ConnectionStatus } from './elements/connection-status/connection-status.js';
export { ElapsedTime } from './elements/elapsed-time/elapsed-time.js';
export { FormattingBar } from './elements/formatting-bar/formatting-bar.js';
export * from './elements/formatting-bar/formatting-bar.events.js';
export { InteractionBar } from './elements/interaction-bar/interaction-bar.js';
export { MessageActions } from './elements/message-actions/message-actions.js';
export * from './elements/message-actions/message-actions.events.js';
export type { MessageOffer } from './elements/message-actions/message-offer.js';
export { MessageForward } from './elements/message-forward/message-forward.js';
export * from './elements/message-forward/message-forward.events.js';
export { MessageQuote } from './elements/message-quote/message-quote.js';
export * from './elements/message-quote/message-quote.events.js';
export { MessageEditor } from './elements/message-editor/message-editor.js';
export * from './elements/message-editor/message-editor.events.js';
export { NotificationEditor } from './elements/notification-editor/notification-editor.js';
export * from './elements/notification-editor/notification-editor.events.js';
export { PendingIndicator } from './elements/pending-indicator/pending-indicator.js';
export { ResponsePicker } from './elements/response-picker/response-picker.js';
export * from './elements/response-picker/response-picker.events.js';
export type { WritingPlace } from './elements/response-picker/writing-place.js';
export { SidePanel } from './elements/side-panel/side-panel.js';
export * from './elements/side-panel/side-panel.events.js';
export { TranscriptExport } from './elements/transcript-export/transcript-export.js';
export * from './elements/transcript-export/transcript-export.events.js';
export { TranscriptSearch } from './elements/transcript-search/transcript-search.js';
export * from './elements/transcript-search/transcript-search.events.js';
export { VoiceRecorder } from './elements/voice-recorder/voice-recorder.js';
export * from './elements/voice-recorder/voice-recorder.events.js';
export type {
  ComposerVoice,
  VoiceRecording,
  VoiceRefusal,
} from './elements/voice-recorder/composer-voice.js';
export { WhatsAppComposer } from './elements/whatsapp-composer/whatsapp-composer.js';
export * from './elements/whatsapp-composer/whatsapp-composer.events.js';
export { WhatsAppDesk } from './elements/whatsapp-desk/whatsapp-desk.js';
export { WhatsAppEmojiPicker } from './elements/whatsapp-emoji-picker/whatsapp-emoji-picker.js';
export * from './elements/whatsapp-emoji-picker/whatsapp-emoji-picker.events.js';
export { WhatsAppInteraction } from './elements/whatsapp-interaction/whatsapp-interaction.js';
export * from './elements/whatsapp-interaction/whatsapp-interaction.events.js';
export { WhatsAppMedia } from './elements/whatsapp-media/whatsapp-media.js';
export * from './elements/whatsapp-message/photos-request.js';
export { WhatsAppMessage } from './elements/whatsapp-message/whatsapp-message.js';
export * from './elements/whatsapp-message/whatsapp-message.events.js';
export { WhatsAppTranscript } from './elements/whatsapp-transcript/whatsapp-transcript.js';
export * from './elements/whatsapp-transcript/whatsapp-transcript.events.js';
export { WhatsAppWorkspace } from './elements/whatsapp-workspace/whatsapp-workspace.js';
export * from './elements/whatsapp-workspace/whatsapp-workspace.events.js';
export { WorkbinList } from './elements/workbin-list/workbin-list.js';

export * from './elements/base/events.js';
export { isOurs } from './elements/base/key-containment.js';
export { WhatsAppElement } from './elements/base/whatsapp-element.js';
export { Connected, StreamController, workspaceContext } from './context/index.js';
export type { ConnectedInterface } from './context/index.js';

export { browserPlatform } from './platform/browser-platform.js';
export { createWorkspace } from './streams/index.js';
export type {
  AgentCommands,
  Alert,
  AttachOutcome,
  Attendance,
  Attention,
  CommandOutcome,
  Connection,
  DeskState,
  Attaching,
  Files,
  Loading,
  LateFailure,
  OwnSettings,
  Pages,
  CategoriesOutcome,
  PlaceOutcome,
  ReadOutcome,
  Notifications,
  ResponseLibrary,
  ResponsesOutcome,
  TemplatesOutcome,
  SearchOutcome,
  StorageState,
  TokenExpiry,
  TranscriptFinder,
  TranscriptView,
  WantedPlace,
  WorkbinView,
  Workspace,
  WorkspaceOptions,
  WorkspacePlatform,
  Writing,
} from './streams/index.js';
export { TransportError } from './transport/adapter.js';
export type {
  MediaSource,
  TransportAdapter,
  TransportErrorKind,
  TransportFrame,
} from './transport/adapter.js';

export { registerLanguage } from './i18n/index.js';
export type { Key, Words } from './i18n/index.js';
