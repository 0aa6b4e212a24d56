// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

/** Markup that is safe to insert as it is. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Part = string | number | undefined | false | null | Html | Part[];

/** Builds markup; everything inserted is escaped, unless it is markup itself. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  return new Html(
    strings.reduce((all, text, index) => all + insert(parts[index - 1]) + text),
  );
}

function insert(part: Part): string {
  if (part instanceof Html) {
    return part.text;
  }
  if (Array.isArray(part)) {
    return part.map(insert).join('');
  }
  if (part === undefined || part === null || part === false) {
    return '';
  }
  return String(part)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;');
}

const STYLE = `
:root { color-scheme: light dark; --text: light-dark(#1f2328, #e6edf3); --quiet: light-dark(#57606a, #9198a1); --line: light-dark(#d0d7de, #3d444d); --link: light-dark(#0550ae, #79b8ff); --paper: light-dark(#ffffff, #0d1117); }
body { font: 16px/1.5 system-ui, sans-serif; color: var(--text); background: var(--paper); max-width: 60rem; margin: 0 auto; padding: 1rem; }
a { color: var(--link); } nav { border-bottom: 1px solid var(--line); padding-bottom: .5rem; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: .4rem .8rem .4rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
pre { overflow-x: auto; border: 1px solid var(--line); padding: .8rem; } code, pre { font: .875rem/1.5 ui-monospace, monospace; }
.quiet { color: var(--quiet); } form { display: inline-block; margin: 0 .5rem 0 0; }
button { font: inherit; padding: .4rem 1rem; border: 1px solid var(--link); border-radius: .3rem; background: var(--paper); color: var(--link); cursor: pointer; }
`;

/** A whole page. */
export function page(
  title: string,
  trail: Array<{ title: string; href: string }>,
  content: Html,
): string {
  return html`<!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} - Azure DevOps sandbox</title>
        <style>
          ${new Html(STYLE)}
        </style>
      </head>
      <body>
        <nav aria-label="Breadcrumb">
          <a href="/fairway">fairway</a> ${trail.map(
            one => html` / <a href="${one.href}">${one.title}</a>`,
          )}
        </nav>
        <main>
          <h1>${title}</h1>
          ${content}
        </main>
      </body>
    </html>`.text;
}

/** An instant, readable and machine-readable. */
export function moment(iso: string | null | undefined): Html {
  return iso
    ? html`<time datetime="${iso}"
        >${iso.slice(0, 19).replace('T', ' ')} UTC</time
      >`
    : html`<span class="quiet">not yet</span>`;
}
