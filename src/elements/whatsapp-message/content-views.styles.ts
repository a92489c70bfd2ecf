import { css } from 'lit';

export const contentStyles = css`
  .former,
  .tail-line .kind {
    margin-block: 0;
    margin-inline-end: auto;
  }
  .former ol {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .former li {
    margin-block-start: 4px;
    padding-inline-start: 8px;
    border-inline-start: 3px solid var(--_border);
  }
  .card {
    display: flex;
    gap: 10px;
    align-items: flex-start;
  }
  .card-icon {
    display: grid;
    flex: none;
    place-items: center;
    inline-size: 36px;
    block-size: 36px;
    border-radius: var(--_radius-control);
    background: color-mix(in srgb, var(--_text) 7%, transparent);
    color: var(--_text-muted);
  }
  .card-text {
    min-inline-size: 0;
  }
  .card-title,
  .strong {
    font-weight: 600;
  }
  .card-title,
  .card-line:not(:has(details)) {
    display: -webkit-box;
    overflow: hidden;
    overflow-wrap: anywhere;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 3;
  }
  .card .button.quiet {
    margin-block: -4px;
  }
  .card + .content {
    margin-block-start: 6px;
  }
  .choices {
    display: grid;
    gap: 4px;
    margin-block-start: 6px;
    padding-block-start: 4px;
    border-block-start: 1px solid color-mix(in srgb, var(--_text) 14%, transparent);
  }
  .choices,
  .choices ul {
    margin-inline: 0;
    margin-block-end: 0;
    padding-inline: 0;
    list-style: none;
  }
  .choices li + li:not(.choice-button) {
    margin-block-start: 4px;
  }
  .choices li .muted {
    display: block;
  }
  .choice-button {
    display: flex;
    gap: 6px;
    align-items: center;
    justify-content: center;
    min-block-size: 28px;
    color: var(--_link);
    font-weight: 600;
    text-align: center;
    overflow-wrap: anywhere;
  }
  .choice-button + .choice-button {
    border-block-start: 1px solid color-mix(in srgb, var(--_text) 14%, transparent);
  }
  .media {
    position: relative;
    inline-size: 320px;
    max-inline-size: 100%;
  }
  .media whatsapp-media {
    display: block;
  }
  .media:is(.audio, .document) whatsapp-media {
    block-size: 56px;
  }
  .media.sticker,
  .media.sticker whatsapp-media {
    inline-size: 144px;
    block-size: 144px;
  }
  .bubble:has(> .media) {
    max-inline-size: min(78%, 328px);
    padding: 3px;
  }
  .bubble:has(> .media) > :not(.media, .reactions) {
    margin-inline: 7px;
  }
  .bubble:has(> .media) > :last-child:not(.media) {
    margin-block-end: 3px;
  }
  .bubble:has(> .media) > .content {
    margin-block-start: 4px;
  }
  .bubble:has(> .media.sticker) {
    border-color: transparent;
    background: none;
  }
  /* The time over a picture. */
  .over {
    position: absolute;
    inset-block-end: 6px;
    inset-inline-end: 6px;
    padding: 1px 7px;
    border-radius: 999px;
    background: rgb(0 0 0 / 60%);
    pointer-events: none;
  }
  whatsapp-media[started] + .over {
    display: none;
  }
  .over .tail {
    position: static;
  }
  .over .tail-words,
  .over .state {
    color: #fff;
  }
  .over :is(.read, .played) {
    color: #7fcbff;
  }
  .reactions {
    position: absolute;
    inset-block-start: calc(100% - 4px);
    inset-inline-start: 8px;
    display: flex;
    padding: 1px 6px;
    border: 1px solid var(--_divider);
    border-radius: 999px;
    background: var(--_surface);
    font-size: calc(var(--_font-size) * 12 / 14);
    line-height: 18px;
    max-inline-size: calc(100% - 16px);
    overflow: hidden;
    white-space: nowrap;
  }
  .reactions li {
    display: flex;
    gap: 2px;
    align-items: center;
  }
  .reactions li + li {
    margin-inline-start: 3px;
  }
  .bubble:has(.reactions) {
    margin-block-end: 18px;
  }
  .reaction {
    margin-inline-end: 6px;
    font-size: calc(var(--_font-size) * 20 / 14);
    line-height: 1.2;
    vertical-align: -2px;
  }
  .upload {
    display: flex;
    align-items: center;
    gap: 6px;
    max-inline-size: min(78%, 560px);
    padding-inline: 2px;
  }
  .out .upload {
    justify-content: flex-end;
  }
  .upload progress {
    inline-size: 96px;
    block-size: 4px;
    accent-color: var(--_accent);
  }
  .upload .icon-button {
    min-block-size: 24px;
    min-inline-size: 24px;
    padding: 4px;
  }
`;
