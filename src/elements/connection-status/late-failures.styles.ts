import { css } from 'lit';
import { cutStyles } from '../base/index.js';

export const lateFailuresStyles = css`
  ${cutStyles}
  .late {
    align-items: start;
  }
  .late > svg {
    color: var(--_pending-critical);
  }
  .groups {
    flex: 1 1 100%;
    /* Room for dots before what is against the direction of the desk. */
    margin-inline-start: -38px;
    padding-inline-start: 10px;
    min-inline-size: 0;
    max-block-size: 176px;
    overflow-y: auto;
  }
  .late ul {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 4px;
  }
  .late li {
    display: flex;
    align-items: center;
    gap: 8px;
  }
  .cause {
    margin: 4px 0;
    color: var(--_text-muted);
  }
  .failure {
    display: flex;
    flex: 1;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 8px;
    min-inline-size: 0;
  }
  .failure > * {
    max-inline-size: 100%;
  }
  .failure .text {
    overflow-wrap: anywhere;
    white-space: pre-wrap;
    user-select: text;
  }
  .failure .name {
    font-weight: 600;
  }
  .failure .where {
    color: var(--_text-muted);
  }
`;
