import { css } from 'lit';

export const styles = css`
  :host {
    block-size: 100%;
    min-block-size: 360px;
    max-block-size: 100dvh;
    min-inline-size: 0;
    flex: 1 1 auto;
  }
  .frame,
  .desk {
    block-size: 100%;
    min-block-size: inherit;
    max-block-size: inherit;
  }
  /* A page that resets everything (\`* { all: revert }\`) makes the element itself part of a line of text. This one stays a box of the same size. */
  .frame {
    container: whatsapp-desk / inline-size;
    /* Where the width is asked of the content, as in a row or a drawer: it has none of its own, because it is laid out by its width. */
    contain-intrinsic-inline-size: 400px;
    isolation: isolate;
  }
  .desk {
    display: grid;
    grid-template: 'rail front' minmax(0, 1fr) / 264px minmax(0, 1fr);
    overflow: hidden;
    background: var(--_surface);
    color: var(--_text);
  }
  .rail {
    position: relative;
    z-index: 2;
    grid-area: rail;
    display: flex;
    flex-direction: column;
    min-block-size: 0;
    border-inline-end: 1px solid var(--_divider);
  }
  .status {
    display: flex;
    flex: none;
    align-items: center;
    gap: 8px;
    block-size: 56px;
    padding-inline: 12px;
    border-block-end: 1px solid var(--_divider);
  }
  agent-status {
    flex: 1;
    min-inline-size: 0;
  }
  .toggle {
    display: none;
    gap: 4px;
  }
  workbin-list {
    /* An invitation floats over the workbins. */
    flex: 1 0 max(30%, 120px);
    margin-block-start: auto;
    border-block-start: 1px solid var(--_divider);
  }
  .front {
    grid-area: front;
    display: grid;
    grid-template: minmax(0, 1fr) / minmax(0, 1fr);
    min-block-size: 0;
    min-inline-size: 0;
    background: var(--_surface-sunken);
  }
  .alone .front {
    grid-column: 1 / -1;
  }
  .front > * {
    grid-area: 1 / 1;
    min-block-size: 0;
  }
  .front > connection-status {
    z-index: 1;
    align-self: start;
    max-block-size: 100%;
    overflow-y: auto;
  }
  .empty {
    padding: 24px;
  }
  .empty svg {
    opacity: 0.6;
  }
  @container whatsapp-desk (inline-size <= 1020px) {
    .desk {
      grid-template-columns: 232px minmax(0, 1fr);
    }
  }
  @container whatsapp-desk (inline-size < 560px) {
    .desk {
      grid-template:
        'status' auto
        'bar' auto
        'front' minmax(0, 1fr) / minmax(0, 1fr);
      position: relative;
    }
    .rail {
      display: contents;
    }
    .status {
      grid-area: status;
      block-size: max(44px, var(--_target) + 4px);
      padding-inline: 8px;
    }
    agent-status::part(name) {
      display: none;
    }
    .toggle {
      display: inline-flex;
    }
    interaction-bar {
      --whatsapp-interaction-bar-flow: row;
      /* Invitations float below the header of the conversation, and the tabs of what is open over the messages. */
      --whatsapp-interaction-bar-offset: 98px;
      grid-area: bar;
      border-block-end: 1px solid var(--_divider);
    }
    /* Or over the end of the workbins that are open, which end above them. */
    [ringing] + workbin-list {
      padding-block-end: 112px;
    }
    workbin-list {
      grid-area: front;
      z-index: 1;
      margin: 0;
      border: 0;
      background: var(--_surface);
    }
    .desk:not(.workbins-open) workbin-list {
      display: none;
    }
  }
`;
