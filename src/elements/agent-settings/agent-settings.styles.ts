import { css } from 'lit';

export const styles = css`
  .settings {
    display: flex;
    flex-direction: column;
    gap: 12px;
  }
  .choice {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 12px;
    align-items: center;
  }
  .choice label {
    flex: 1 1 120px;
  }
  .choice .field {
    flex: 1 1 200px;
    inline-size: auto;
    min-inline-size: 0;
    max-inline-size: 100%;
    min-block-size: max(36px, var(--_target));
    cursor: pointer;
  }
  .choice .hint {
    flex: 1 1 100%;
    text-align: end;
  }
  .choice .switch {
    display: flex;
    gap: 8px;
    align-items: center;
    min-block-size: var(--_target);
    cursor: pointer;
  }
  .switch input {
    flex: none;
    inline-size: 18px;
    block-size: 18px;
    accent-color: var(--_accent);
    cursor: inherit;
  }
  .choice .note {
    flex: 1 1 100%;
    padding-inline-start: 26px;
  }
  .choice .problem {
    display: flex;
    gap: 8px;
    padding-inline-start: 2px;
  }
  .problem svg {
    color: var(--_pending-critical);
  }
  .empty {
    padding: 0;
  }
`;
