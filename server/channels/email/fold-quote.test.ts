import { describe, expect, test } from 'vitest'
import { foldQuote } from './fold-quote.ts'

const said = 'Sí, me va bien el jueves.\n\nGracias,\nAna'

/** Introductions as the programs write them, above a quote or a plain copy of the mail answered. */
const introductions: Record<string, string> = {
  'Gmail, Spanish': 'El mar, 24 nov 2026 a las 10:15, Tienda Sol (<ventas@tiendasol.es>) escribió:\n\n> Hola Ana:',
  'Gmail, Spanish, wrapped':
    'El mar, 24 nov 2026 a las 10:15, Tienda Sol (<\nventas@tiendasol.es>) escribió:\n\n> Hola Ana:',
  'Gmail, English': 'On Tue, Nov 24, 2026 at 10:15 AM Tienda Sol <ventas@tiendasol.es> wrote:\n\n> Hello',
  'Gmail, English, wrapped': 'On Tue, Nov 24, 2026 at 10:15 AM Tienda Sol <\nventas@tiendasol.es> wrote:\n\n> Hello',
  'Gmail, Portuguese': 'Em ter., 24 de nov. de 2026 às 10:15, Tienda Sol <ventas@tiendasol.es> escreveu:\n\n> Olá',
  'Gmail, French': 'Le mar. 24 nov. 2026 à 10:15, Tienda Sol <ventas@tiendasol.es> a écrit :\n\n> Bonjour',
  'Gmail, German': 'Am Di., 24. Nov. 2026 um 10:15 Uhr schrieb Tienda Sol <ventas@tiendasol.es>:\n\n> Hallo',
  'Apple Mail, Spanish': 'El 24 nov 2026, a las 10:15, Tienda Sol <ventas@tiendasol.es> escribió:\n\n> Hola',
  'Apple Mail, English': 'On 24 Nov 2026, at 10:15\u202fAM, Tienda Sol <ventas@tiendasol.es> wrote:\n\n> Hello',
  'Thunderbird, German': 'Am 24.11.26 um 10:15 schrieb Tienda Sol:\n> Hallo',
  'Thunderbird, Spanish': 'El 24/11/26 a las 10:15, Tienda Sol escribió:\n> Hola',
  'Yahoo, Spanish':
    'El martes, 24 de noviembre de 2026, 10:15:22 CET, Tienda Sol <ventas@tiendasol.es> escribió:\n\nHola Ana:',
  'Outlook, Spanish':
    'De: Tienda Sol <ventas@tiendasol.es>\nEnviado el: martes, 24 de noviembre de 2026 10:15\nPara: Ana Pérez <ana@correo.es>\nAsunto: Re: Cita\n\nHola Ana:',
  'Outlook, English':
    'From: Tienda Sol <ventas@tiendasol.es>\nSent: Tuesday, November 24, 2026 10:15 AM\nTo: Ana\nSubject: Re: Visit\n\nHello',
  'Outlook, German':
    'Von: Tienda Sol <ventas@tiendasol.es>\nGesendet: Dienstag, 24. November 2026 10:15\nAn: Ana\nBetreff: AW: Termin\n\nHallo',
  'Outlook, French':
    'De : Tienda Sol <ventas@tiendasol.es>\nEnvoyé : mardi 24 novembre 2026 10:15\nÀ : Ana\nObjet : RE: Visite\n\nBonjour',
  'Outlook, Portuguese':
    'De: Tienda Sol <ventas@tiendasol.es>\nEnviada em: terça-feira, 24 de novembro de 2026 10:15\nPara: Ana\nAssunto: RES: Visita\n\nOlá',
  'Outlook on the web':
    '________________________________\nDe: Tienda Sol <ventas@tiendasol.es>\nEnviado: martes, 24 de noviembre de 2026 10:15\nPara: Ana <ana@correo.es>\nAsunto: Cita\n\nHola',
  'Outlook of old': '-----Mensaje original-----\nDe: Tienda Sol\nHola Ana:',
  'Outlook, HTML made text':
    '*De:* Tienda Sol <ventas@tiendasol.es>\n*Enviado el:* martes\n*Para:* Ana\n*Asunto:* Cita\n\nHola',
  'nothing but marks': '> Hola Ana:\n> ¿Le va bien el jueves?',
}

describe('what was quoted is folded away, the signature stays', () => {
  test.each(Object.entries(introductions))('%s', (_program, quote) => {
    expect(foldQuote(`${said}\n\n${quote}\n`)).toEqual({ text: said, quoted: quote.trim() })
  })
})

test('an answer below the quote is found too', () => {
  const mail =
    'On Tue, Nov 24, 2026 at 10:15 AM Tienda Sol <ventas@tiendasol.es> wrote:\n> Which day?\n>\n> Best\n\nThursday.'
  expect(foldQuote(mail).text).toBe('Thursday.')
})

test('answers between the lines stay where they are', () => {
  const mail = 'Hello,\n\n> Which day?\nThursday.\n> What time?\nTen.'
  expect(foldQuote(mail)).toEqual({ text: mail, quoted: null })
})

test('a forwarded mail is not taken for a quote', () => {
  const gmail =
    'Look at this\n\n---------- Forwarded message ---------\nFrom: Bob <bob@example.com>\nDate: Tue\nSubject: x\nTo: y\n\nText'
  expect(foldQuote(gmail)).toEqual({ text: gmail, quoted: null })
  const outlook = `Mirad esto\n\n${introductions['Outlook, Spanish']}`
  expect(foldQuote(outlook, 'RV: Cita')).toEqual({ text: outlook, quoted: null })
})

test('a mail that is all quote is shown', () => {
  expect(foldQuote('> only this')).toEqual({ text: '> only this', quoted: null })
})

test.each([
  'On Monday we met and my colleague wrote: it is fine.',
  'De: Madrid\nVengo de lejos.',
  'El precio es: 20 €\nEscribió: nadie',
  'On the table lies a book.\nI wrote it.',
  'Please send it to: me\nSubject: unclear',
])('ordinary sentences fold nothing: %s', (text) => {
  expect(foldQuote(text)).toEqual({ text, quoted: null })
})

test('a long and hostile text is read to its end', () => {
  const hostile = `${'On '.repeat(20_000)}\n${'El 1 '.repeat(2000)}\n${'>'.repeat(100_000)}\n${'De: a\n'.repeat(20_000)}`
  expect(foldQuote(hostile).text).not.toBe('')
})
