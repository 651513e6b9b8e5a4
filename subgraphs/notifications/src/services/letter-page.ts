import { html } from './html.ts';

/** What an e-mail says, in the order in which it says it. */
export interface Letter {
  /** BCP 47: what it is written in. */
  readonly locale: string;
  readonly title: string;
  readonly greeting: string;
  readonly body: string;
  /** A one-time code, shown large besides; null in all other letters. */
  readonly code: string | null;
}

const SIGNATURE = 'Crema';

export const letterText = ({ greeting, body }: Letter): string =>
  `${greeting}\n\n${body}\n\n${SIGNATURE}\n`;

const FONT = "font-family: -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif;";
const TEXT = `margin: 0 0 16px; ${FONT} font-size: 16px; line-height: 24px; color: #2b2622;`;
const BRAND = `padding: 24px 32px 0; ${FONT} font-size: 14px; line-height: 20px; color: #7a5c43;`;
const TITLE = `margin: 0 0 16px; ${FONT} font-size: 22px; line-height: 28px; color: #2b2622;`;
const CODE =
  'margin: 0 0 16px; font-family: Menlo, Consolas, monospace; font-size: 32px; line-height: 40px; letter-spacing: 4px;';

/**
 * The same as HTML for mail clients: tables, since Outlook lays out nothing else, and styles in the elements, since
 * Gmail takes those in the head away from some. It loads nothing from anywhere.
 */
export const letterPage = ({ locale, title, greeting, body, code }: Letter): string =>
  html`<!doctype html>
    <html lang="${locale}" dir="ltr">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light" />
        <title>${title}</title>
      </head>
      <body style="margin: 0; padding: 0; background-color: #f4efe9;">
        <div style="display: none; max-height: 0; overflow: hidden;">
          ${code === null ? body : title}
        </div>
        <table
          role="presentation"
          width="100%"
          cellpadding="0"
          cellspacing="0"
          border="0"
          bgcolor="#f4efe9"
        >
          <tr>
            <td align="center" style="padding: 24px 12px;">
              <table
                role="presentation"
                width="560"
                cellpadding="0"
                cellspacing="0"
                border="0"
                bgcolor="#ffffff"
                style="width: 100%; max-width: 560px;"
              >
                <tr>
                  <td style="${BRAND}">${SIGNATURE}</td>
                </tr>
                <tr>
                  <td style="padding: 16px 32px 24px;">
                    <h1 style="${TITLE}">${title}</h1>
                    <p style="${TEXT}">${greeting}</p>
                    ${code === null ? '' : html`<p style="${CODE}">${code}</p> `}
                    <p style="${TEXT}">${body}</p>
                    <p style="${TEXT}">${SIGNATURE}</p>
                  </td>
                </tr>
              </table>
            </td>
          </tr>
        </table>
      </body>
    </html> `.markup;
