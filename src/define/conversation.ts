/** Registers what a conversation is made of, for those who load it beside the first load. */
import './whatsapp-interaction.js';
import './whatsapp-transcript.js';
