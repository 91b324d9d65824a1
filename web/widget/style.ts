/** The widget's looks, apart from the page's: neither reaches into the other. */
export const style = `
:host { all: initial; }
* { box-sizing: border-box; margin: 0; }
.root {
  --accent: #2c5fb3; --on-accent: #fff;
  --surface: #fff; --sunken: #f3f2ee; --text: #1f1d1a; --quiet: #635f57; --line: #d9d6ce; --danger: #a32118;
  position: fixed; z-index: 2147483000; inset-block-end: 20px; inset-inline-end: 20px;
  font: 15px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; color: var(--text); color-scheme: light;
}
@media (prefers-color-scheme: dark) {
  .root { --surface: #1d1c1a; --sunken: #2a2926; --text: #f1efea; --quiet: #b3aea4; --line: #46433d; --danger: #ff9d92; color-scheme: dark; }
}
.root[data-side="start"] { inset-inline-end: auto; inset-inline-start: 20px; }
button, textarea { font: inherit; color: inherit; }
button { cursor: pointer; border: 0; background: none; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.launcher {
  position: relative; display: grid; place-items: center; inline-size: 56px; block-size: 56px; margin-inline-start: auto;
  border-radius: 50%; background: var(--accent); color: var(--on-accent); box-shadow: 0 4px 16px rgb(0 0 0 / .25);
}
.root[data-side="start"] .launcher { margin-inline: 0 auto; }
.launcher svg, .icon svg { inline-size: 24px; block-size: 24px; fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
.badge {
  position: absolute; inset-block-start: -4px; inset-inline-end: -4px; min-inline-size: 22px; block-size: 22px; padding-inline: 6px;
  border-radius: 11px; background: #b3261e; color: #fff; font-size: 13px; line-height: 22px; font-weight: 600; text-align: center;
}
.panel {
  display: flex; flex-direction: column; inline-size: 376px; block-size: min(620px, calc(100vh - 112px)); margin-block-end: 14px;
  border: 1px solid var(--line); border-radius: 16px; background: var(--surface); box-shadow: 0 12px 40px rgb(0 0 0 / .22); overflow: hidden;
}
.panel[hidden], [hidden] { display: none; }
header { display: flex; align-items: center; gap: 8px; padding: 12px 8px 12px 18px; background: var(--accent); color: var(--on-accent); }
header h2 { flex: 1; font-size: 17px; line-height: 1.3; font-weight: 600; overflow-wrap: anywhere; }
header :focus-visible { outline-color: var(--on-accent); }
.icon { display: grid; place-items: center; inline-size: 44px; block-size: 44px; border-radius: 12px; }
.log { flex: 1; display: flex; flex-direction: column; gap: 10px; padding: 16px; overflow-y: auto; overscroll-behavior: contain; }
.log > :first-child { margin-block-start: auto; }
.log:focus-visible { outline-offset: -3px; }
.message { display: flex; flex-direction: column; gap: 3px; max-inline-size: 84%; align-self: flex-start; }
.message.mine { align-self: flex-end; align-items: flex-end; }
.words { padding: 9px 13px; border-radius: 16px 16px 16px 5px; background: var(--sunken); white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: plaintext; }
.mine .words { border-radius: 16px 16px 5px; background: var(--accent); color: var(--on-accent); }
.words a { color: inherit; }
.meta { padding-inline: 4px; font-size: 12.5px; color: var(--quiet); }
.meta.refused { color: var(--danger); }
.welcome { color: var(--quiet); white-space: pre-wrap; overflow-wrap: anywhere; }
.file img { display: block; max-inline-size: 100%; max-block-size: 240px; border-radius: 12px; }
.choices { display: flex; flex-wrap: wrap; gap: 6px; padding-block-start: 4px; }
.choices button, .earlier { min-block-size: 36px; padding: 6px 14px; border: 1px solid var(--accent); border-radius: 18px; background: var(--surface); }
.earlier { align-self: center; border-color: var(--line); font-size: 13.5px; }
.state { padding: 8px 16px; font-size: 13.5px; color: var(--quiet); background: var(--sunken); }
form { display: flex; align-items: flex-end; gap: 4px; padding: 10px; border-block-start: 1px solid var(--line); }
textarea {
  flex: 1; min-block-size: 44px; max-block-size: 132px; padding: 10px 12px; border: 1px solid var(--quiet); border-radius: 12px;
  background: var(--surface); font-size: 16px; resize: none; field-sizing: content;
}
textarea:focus-visible { outline-width: 2px; outline-offset: -1px; border-color: transparent; }
form .icon { color: var(--accent); }
form :disabled { opacity: .45; cursor: default; }
@media (prefers-color-scheme: dark) { form .icon { color: var(--text); } }
.visually-hidden { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (max-width: 480px) {
  .root[data-open] { inset: 0; }
  .root[data-open] .launcher { display: none; }
  .panel { inline-size: 100%; block-size: 100%; margin: 0; border: 0; border-radius: 0; }
}
@media (prefers-reduced-motion: no-preference) { .panel { animation: rise .16s ease-out; } }
@keyframes rise { from { transform: translateY(10px); opacity: 0; } }
@media print { .root { display: none; } }
`
