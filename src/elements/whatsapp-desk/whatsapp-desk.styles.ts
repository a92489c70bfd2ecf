import { css } from 'lit';

export const styles = css`
  :host {
    container: whatsapp-desk / inline-size;
    block-size: 100%;
    min-block-size: 360px;
    max-block-size: 100dvh;
    min-inline-size: 0;
  }
  .desk {
    display: grid;
    grid-template:
      'connection connection' auto
      'rail front' minmax(0, 1fr) / 264px minmax(0, 1fr);
    block-size: 100%;
    min-block-size: inherit;
    max-block-size: inherit;
    overflow: hidden;
    background: var(--_surface);
    color: var(--_text);
  }
  connection-status {
    grid-area: connection;
  }
  .rail {
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
    padding: 12px;
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
  interaction-bar {
    flex: 0 1 auto;
  }
  workbin-list {
    flex: 1 0 30%;
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
  .empty {
    padding: 24px;
  }
  .empty svg {
    opacity: 0.6;
  }
  /* The workspace may be about to come. */
  .late {
    animation: appear 1ms 600ms both;
  }
  @keyframes appear {
    from {
      visibility: hidden;
    }
  }
  @container whatsapp-desk (inline-size <= 960px) {
    .desk {
      grid-template-columns: 232px minmax(0, 1fr);
    }
  }
  @container whatsapp-desk (inline-size < 560px) {
    .desk {
      grid-template:
        'connection' auto
        'status' auto
        'bar' auto
        'front' minmax(0, 1fr) / minmax(0, 1fr);
    }
    .rail {
      display: contents;
    }
    .status {
      grid-area: status;
      padding: 6px 8px;
    }
    agent-status::part(name) {
      display: none;
    }
    .toggle {
      display: inline-flex;
    }
    interaction-bar {
      --whatsapp-interaction-bar-flow: row;
      --whatsapp-interaction-bar-tile-size: 168px;
      grid-area: bar;
      max-block-size: min(280px, 50dvh);
      border-block-end: 1px solid var(--_divider);
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
