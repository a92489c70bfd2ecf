import { css } from 'lit';

/**
 * Buttons, text fields, pills, skeletons and notes, alike in all elements: `.button`, `.icon-button`, `.field`, `.pill`, `.skeleton`, `.empty`,
 * `.error`. Buttons are of three kinds: `.primary` is filled, for the one thing that is wanted most; without a class they are outlined; `.quiet` is
 * text, for what stands beside another one or is seldom wanted. The same action is of the same kind everywhere.
 */
export const controlStyles = css`
  button,
  input,
  textarea,
  select {
    font: inherit;
    color: inherit;
    letter-spacing: inherit;
    margin: 0;
  }
  .button,
  .icon-button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    flex: none;
    min-block-size: var(--_target);
    min-inline-size: var(--_target);
    border: 1px solid transparent;
    border-radius: var(--_radius-control);
    background: none;
    cursor: pointer;
    user-select: none;
    -webkit-user-select: none;
    transition: background-color var(--_motion);
  }
  .button {
    padding: 5px 12px;
    border-color: var(--_border);
    background: var(--_surface);
    color: var(--_text);
    font-weight: 600;
    white-space: nowrap;
  }
  summary.button {
    inline-size: fit-content;
    list-style: none;
  }
  summary.button::-webkit-details-marker {
    display: none;
  }
  .button:hover,
  .icon-button:hover {
    background-image: linear-gradient(var(--_hover), var(--_hover));
  }
  .button.primary {
    border-color: var(--_accent);
    background-color: var(--_accent);
    color: var(--_on-accent);
  }
  .button.quiet {
    padding-inline: 8px;
    border-color: transparent;
    background-color: transparent;
  }
  .icon-button {
    padding: 5px;
    color: var(--_text-muted);
  }
  .icon-button:hover {
    color: var(--_text);
  }
  .icon-button.primary {
    background-color: var(--_accent);
    color: var(--_on-accent);
  }
  .button[disabled],
  .button[aria-disabled='true'],
  .icon-button[disabled],
  .icon-button[aria-disabled='true'] {
    cursor: default;
    background-image: none;
    background-color: transparent;
    border-color: var(--_divider);
    color: var(--_text-muted);
  }
  .field {
    inline-size: 100%;
    min-block-size: var(--_target);
    padding: 5px 8px;
    border: 1px solid var(--_border);
    border-radius: var(--_radius-control);
    background: var(--_surface);
    color: var(--_text);
  }
  .field::placeholder {
    color: var(--_text-muted);
    opacity: 1;
  }
  .pill {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    flex: none;
    min-inline-size: 20px;
    padding: 0 6px;
    border-radius: 999px;
    background: var(--_accent);
    color: var(--_on-accent);
    font-size: var(--_font-size-small);
    line-height: 20px;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
  }
  .small {
    font-size: var(--_font-size-small);
    line-height: calc(16 / 12);
  }
  .muted {
    color: var(--_text-muted);
  }
  .skeleton {
    border-radius: var(--_radius-control);
    background: var(--_divider);
    /* Nothing for the first 300 ms: what comes at once should not flicker. */
    animation:
      skeleton-appear 1ms 300ms both,
      skeleton-breathe 1.6s 300ms ease-in-out infinite;
  }
  @keyframes skeleton-appear {
    from {
      visibility: hidden;
    }
  }
  /* The workspace may be about to come. */
  .late {
    animation: skeleton-appear 1ms 600ms both;
  }
  @keyframes skeleton-breathe {
    50% {
      opacity: 0.5;
    }
  }
  .empty,
  .error {
    display: flex;
    flex-direction: column;
    align-items: center;
    justify-content: center;
    gap: 8px;
    padding: 24px 16px;
    color: var(--_text-muted);
    text-align: center;
    text-wrap: balance;
  }
  .error > svg {
    color: var(--_pending-critical);
  }
  @media (prefers-reduced-motion: reduce) {
    .skeleton {
      animation: skeleton-appear 1ms 300ms both;
    }
  }
  @media (forced-colors: active) {
    .button.primary,
    .icon-button.primary,
    .pill {
      forced-color-adjust: none;
    }
    .skeleton {
      border: 1px solid GrayText;
    }
  }
`;
