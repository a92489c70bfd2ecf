import type { Group } from '../state.js';
import { attachmentTray } from './attachment-tray.js';
import { interactionBar } from './bar.js';
import { whatsappComposer } from './composer.js';
import { whatsappDesk } from './desk.js';
import { whatsappEmojiPicker } from './emoji.js';
import { whatsappInteraction } from './interaction.js';
import { whatsappMedia } from './files.js';
import { composerMenu, messageEditor } from './message-editor.js';
import { whatsappMessage } from './message.js';
import { notificationEditor } from './notification-editor.js';
import { pendingIndicator } from './pending-indicator.js';
import { responsePicker } from './response-picker.js';
import { agentSettings } from './settings.js';
import { sidePanel } from './side-panel.js';
import { agentStatus, connectionStatus } from './status.js';
import { whatsappTranscript } from './transcript.js';
import { voiceRecorder } from './voice-recorder.js';
import { workbinList } from './workbins.js';

/** Every element in every state, the whole first. */
export const GROUPS: readonly Group[] = [
  whatsappDesk,
  interactionBar,
  whatsappInteraction,
  sidePanel,
  responsePicker,
  notificationEditor,
  whatsappTranscript,
  whatsappMessage,
  whatsappMedia,
  whatsappComposer,
  whatsappEmojiPicker,
  composerMenu,
  messageEditor,
  attachmentTray,
  voiceRecorder,
  workbinList,
  agentStatus,
  agentSettings,
  connectionStatus,
  pendingIndicator,
];
