import type { UiLanguage } from '#contract/primitives.ts'
import { escapeHtml } from '../channels/email/text-to-html.ts'
// pure

/** `ask`: nothing has happened yet. `none`: the link leads nowhere. `wait`: it was pressed too often. */
export type UnsubscribeState = 'ask' | 'done' | 'again' | 'none' | 'wait'

type Words = Readonly<Record<UnsubscribeState, { title: string; text: (who: string) => string; button?: string }>>

const words: Readonly<Record<UiLanguage, Words>> = {
  en: {
    ask: {
      title: 'Unsubscribe',
      text: (who) => `Do you want no more automatic emails from ${who}? A person may still answer you.`,
      button: 'Unsubscribe',
    },
    done: {
      title: 'You are unsubscribed',
      text: (who) => `${who} sends you no more automatic emails. A person may still answer you.`,
      button: 'I want them again',
    },
    again: {
      title: 'You get them again',
      text: (who) => `${who} may send you automatic emails again.`,
      button: 'Unsubscribe',
    },
    none: { title: 'This link leads nowhere', text: () => 'Open it exactly as it stands in the email.' },
    wait: { title: 'One moment', text: () => 'This was pressed very often. Try again in an hour.' },
  },
  es: {
    ask: {
      title: 'Darse de baja',
      text: (who) => `¿No quieres recibir más correos automáticos de ${who}? Una persona podrá seguir respondiéndote.`,
      button: 'Darme de baja',
    },
    done: {
      title: 'Te has dado de baja',
      text: (who) => `${who} ya no te enviará correos automáticos. Una persona podrá seguir respondiéndote.`,
      button: 'Quiero recibirlos otra vez',
    },
    again: {
      title: 'Los recibirás otra vez',
      text: (who) => `${who} puede volver a enviarte correos automáticos.`,
      button: 'Darme de baja',
    },
    none: { title: 'Este enlace no lleva a ninguna parte', text: () => 'Ábrelo tal como está en el correo.' },
    wait: { title: 'Un momento', text: () => 'Se ha pulsado muchas veces. Inténtalo dentro de una hora.' },
  },
}

/** The first of the languages somebody's browser asks for that the pages are written in. */
export function languageFor(acceptLanguage: string | undefined): UiLanguage {
  for (const range of (acceptLanguage ?? '').toLowerCase().split(',')) {
    const [primary] = range.trim().split(/[-;]/)
    if (primary === 'es' || primary === 'en') return primary
  }
  return 'en'
}

/** A page that loads nothing and works without scripts. @param who whose mails they are; it may hold anything */
export function unsubscribePage(state: UnsubscribeState, language: UiLanguage, who: string): string {
  const { title, text, button } = words[language][state]
  const wish =
    state === 'done'
      ? '<input type="hidden" name="again" value="yes">'
      : '<input type="hidden" name="List-Unsubscribe" value="One-Click">'
  const form =
    button === undefined
      ? ''
      : `<form method="post">${wish}<button${state === 'done' ? ' class="quiet"' : ''}>${escapeHtml(button)}</button></form>`
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body><main><h1>${escapeHtml(title)}</h1><p>${escapeHtml(text(who))}</p>${form}</main></body>
</html>
`
}

const style = `
:root { color-scheme: light dark; --page: #faf9f7; --card: #fff; --line: #e4e2dd; --text: #1f1d1a; --quiet: #55514a; --act: #2f58b4; --on: #fff }
@media (prefers-color-scheme: dark) {
  :root { --page: #101114; --card: #1a1b1f; --line: #2d2f36; --text: #f2f1ee; --quiet: #b9b6af; --act: #86a9f5; --on: #10131a }
}
* { box-sizing: border-box }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 16px; background: var(--page); color: var(--text); font: 16px/1.5 system-ui, sans-serif }
main { width: 100%; max-width: 440px; padding: 28px; border: 1px solid var(--line); border-radius: 16px; background: var(--card); overflow-wrap: anywhere }
h1 { margin: 0 0 8px; font-size: 22px; line-height: 1.25; letter-spacing: -0.01em }
p { margin: 0; color: var(--quiet) }
button { margin-top: 20px; min-height: 44px; padding: 0 20px; border: 0; border-radius: 10px; background: var(--act); color: var(--on); font: inherit; font-weight: 600; cursor: pointer }
button.quiet { border: 1px solid var(--line); background: none; color: var(--text) }
button:focus-visible { outline: 2px solid var(--act); outline-offset: 2px }
`
