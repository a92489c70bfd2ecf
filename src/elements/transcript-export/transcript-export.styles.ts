import { css } from 'lit';

export const transcriptExportStyles = css`
  .body {
    display: flex;
    flex-direction: column;
    gap: 12px;
  }
  fieldset {
    display: flex;
    flex-direction: column;
    gap: 8px;
    margin: 0;
    padding: 0;
    border: 0;
  }
  legend {
    margin-block-end: 8px;
    padding: 0;
  }
  label {
    display: flex;
    gap: 8px;
    align-items: center;
  }
  input {
    margin: 0;
    accent-color: var(--_accent);
  }
  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    justify-content: flex-end;
  }
  iframe {
    position: absolute;
    inline-size: 0;
    block-size: 0;
    border: 0;
    visibility: hidden;
  }
`;
