import type { AgentStatus, Interaction } from '../../model/index.js';

/**
 * How our events are made. Three kinds:
 * - a *request* (`…-request`) goes from a leaf to the nearest connected element: bubbles, composed, cancelable;
 * - an *action* (`interaction-accept`) is dispatched by a connected element before it acts: bubbles, composed, cancelable; whoever prevents it vetoes;
 * - a *notice* (`interaction-accepted`) tells what has become true: does not bubble.
 */
export abstract class ActionEvent<Detail> extends CustomEvent<Detail> {
  constructor(type: string, detail: Detail) {
    super(type, { detail, bubbles: true, composed: true, cancelable: true });
  }
}

export abstract class NoticeEvent<Detail> extends CustomEvent<Detail> {
  constructor(type: string, detail: Detail) {
    super(type, { detail });
  }
}

/** The interaction concerned, with its contact. */
export interface InteractionDetail {
  readonly interaction: Interaction;
}

/** An agent is about to take an invitation. */
export class InteractionAcceptEvent extends ActionEvent<InteractionDetail> {
  constructor(interaction: Interaction) {
    super('interaction-accept', { interaction });
  }
}

/** An agent is about to turn an invitation down. */
export class InteractionRejectEvent extends ActionEvent<InteractionDetail> {
  constructor(interaction: Interaction) {
    super('interaction-reject', { interaction });
  }
}

/** An agent is about to put an interaction in front. */
export class InteractionSelectEvent extends ActionEvent<InteractionDetail> {
  constructor(interaction: Interaction) {
    super('interaction-select', { interaction });
  }
}

/** An agent is about to take a parked interaction back to the desk. */
export class InteractionOpenEvent extends ActionEvent<InteractionDetail> {
  constructor(interaction: Interaction) {
    super('interaction-open', { interaction });
  }
}

/** An agent is about to move an interaction to a workbin. */
export class InteractionParkEvent extends ActionEvent<InteractionDetail & { readonly workbin: string }> {
  constructor(interaction: Interaction, workbin: string) {
    super('interaction-park', { interaction, workbin });
  }
}

/** An agent is about to mark an interaction done. */
export class InteractionFinishEvent extends ActionEvent<InteractionDetail> {
  constructor(interaction: Interaction) {
    super('interaction-finish', { interaction });
  }
}

/** An agent is about to change between Ready and Not Ready. */
export class AgentStatusSelectEvent extends ActionEvent<{
  readonly status: AgentStatus;
  readonly reason: string | null;
}> {
  constructor(status: AgentStatus, reason: string | null) {
    super('agent-status-select', { status, reason });
  }
}

declare global {
  interface HTMLElementEventMap {
    'interaction-accept': InteractionAcceptEvent;
    'interaction-reject': InteractionRejectEvent;
    'interaction-select': InteractionSelectEvent;
    'interaction-open': InteractionOpenEvent;
    'interaction-park': InteractionParkEvent;
    'interaction-finish': InteractionFinishEvent;
    'agent-status-select': AgentStatusSelectEvent;
  }
}
