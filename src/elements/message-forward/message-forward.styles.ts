import { css } from 'lit';

export const messageForwardStyles = css`
  .body {
    display: flex;
    flex-direction: column;
    gap: 8px;
  }
  .listbox {
    max-block-size: min(320px, 50dvh);
  }
  .option[aria-selected='true'] {
    background: var(--_hover);
  }
  .option bdi {
    flex: 1;
    min-inline-size: 0;
  }
  .buttons {
    display: flex;
    gap: 8px;
    justify-content: flex-end;
  }
`;
