import { VoiceRecorder } from '../elements/voice-recorder/voice-recorder.js';
import { defineElement } from './define-element.js';

defineElement('voice-recorder', VoiceRecorder);
