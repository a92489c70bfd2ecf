import { TranscriptSearch } from '../elements/transcript-search/transcript-search.js';
import { defineElement } from './define-element.js';

defineElement('transcript-search', TranscriptSearch);
