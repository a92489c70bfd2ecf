import { TranscriptExport } from '../elements/transcript-export/transcript-export.js';
import { defineElement } from './define-element.js';

defineElement('transcript-export', TranscriptExport);
