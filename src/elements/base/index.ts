export { announce } from './announcer.js';
export { ClockController } from './clock-controller.js';
export { controlStyles } from './controls.styles.js';
export * from './events.js';
export { channelMark, icon } from './icons.js';
export type { IconName } from './icons.js';
export { LocalizeController } from './localize-controller.js';
export { warnOnce } from './warn-once.js';
export { WhatsAppElement } from './whatsapp-element.js';
