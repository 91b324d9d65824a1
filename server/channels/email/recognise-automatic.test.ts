import { expect, test } from 'vitest'
import { cutMail } from './bound-head.ts'
import { recogniseAutomatic } from './recognise-automatic.ts'

const look = (head: string, subject: string | null = 'Cita', from = 'ana@correo.es') =>
  recogniseAutomatic(cutMail(Buffer.from(`${head}\r\n\r\nx`)), { subject, from })

test.each([
  'Auto-Submitted: auto-replied',
  'Auto-Submitted: auto-replied (vacation)',
  'Auto-Submitted: auto-replied; owner-email="ana@correo.es"',
  'Precedence: auto_reply',
  'X-Autoreply: yes',
  'X-Autorespond: Cita',
])('answers that say so themselves: %s', (head) => {
  expect(look(head)).toEqual({ automatic: true, autoReply: true })
})

test.each([
  'Auto-Submitted: auto-generated',
  'Precedence: bulk',
  'Precedence: list',
  'X-Auto-Response-Suppress: All',
  'X-Auto-Response-Suppress: DR, OOF, AutoReply',
  'List-Id: <noticias.tiendasol.es>',
  'Return-Path: <>',
])('mail of machines that answers nobody: %s', (head) => {
  expect(look(head)).toEqual({ automatic: true, autoReply: false })
})

test.each([
  'Respuesta automática: Cita',
  'Automatic reply: Visit',
  'Out of Office: Visit',
  'Fuera de la oficina: Cita',
  'Réponse automatique : Visite',
  'Automatische Antwort: Termin',
  'Resposta automática: Visita',
])('absence notes without any mark, by their subject: %s', (subject) => {
  expect(look('X: y', subject)).toEqual({ automatic: true, autoReply: true })
})

test.each(['noreply@tiendasol.es', 'no-reply@x.es', 'MAILER-DAEMON@x.es', 'noresponder@banco.es'])(
  'addresses that nobody reads: %s',
  (from) => {
    expect(look('X: y', 'Aviso', from).automatic).toBe(true)
  },
)

test.each([
  ['Auto-Submitted: no', 'Cita'],
  ['X-Auto-Response-Suppress: DR', 'Cita'],
  ['Return-Path: <ana@correo.es>', 'Cita'],
  ['X: y', 'Re: Respuesta automática: Cita'],
  ['X: y', null],
])('what a person wrote is not automatic: %s, %s', (head, subject) => {
  expect(look(head, subject)).toEqual({ automatic: false, autoReply: false })
})
