import { NoticeEvent } from '../base/events.js';

/** The panel has been opened or closed. */
export class PanelChangeEvent extends NoticeEvent<{ readonly open: boolean }> {
  constructor(open: boolean) {
    super('panel-change', { open });
  }
}

declare global {
  interface HTMLElementEventMap {
    'panel-change': PanelChangeEvent;
  }
}
