import type { UiLanguage } from '#contract/primitives.ts'

export interface MailText {
  readonly subject: string
  readonly text: string
}

/** The name of a workspace or a person inside a subject: one line, however it was typed. */
const inline = (text: string) => text.replace(/\s+/g, ' ').trim()

export const invitationMail: Record<
  UiLanguage,
  (about: { workspace: string; invitedBy: string; link: string }) => MailText
> = {
  es: ({ workspace, invitedBy, link }) => ({
    subject: `${inline(invitedBy)} te invita a ${inline(workspace)} en Ficha`,
    text: `Hola:

${inline(invitedBy)} te invita a trabajar en «${inline(workspace)}», en Ficha. Para aceptar, abre este enlace:

${link}

El enlace vale siete días y solo para esta dirección. Si no esperabas esta invitación, no tienes que hacer nada.
`,
  }),
  en: ({ workspace, invitedBy, link }) => ({
    subject: `${inline(invitedBy)} invites you to ${inline(workspace)} on Ficha`,
    text: `Hello,

${inline(invitedBy)} invites you to work in “${inline(workspace)}” on Ficha. Open this link to accept:

${link}

The link works for seven days and for this address only. If you did not expect it, there is nothing you need to do.
`,
  }),
}

export const passwordResetMail: Record<UiLanguage, (about: { name: string; link: string }) => MailText> = {
  es: ({ name, link }) => ({
    subject: 'Nueva contraseña para Ficha',
    text: `Hola, ${inline(name)}:

Alguien ha pedido una contraseña nueva para tu cuenta de Ficha. Si has sido tú, elígela aquí:

${link}

El enlace vale una hora y una sola vez. Al usarlo se cierran todas tus sesiones. Si no has sido tú, no hagas nada: tu contraseña sigue siendo la misma.
`,
  }),
  en: ({ name, link }) => ({
    subject: 'A new password for Ficha',
    text: `Hello ${inline(name)},

Somebody asked for a new password for your Ficha account. If it was you, choose one here:

${link}

The link works for one hour and once. Using it ends all your sessions. If it was not you, do nothing: your password stays as it is.
`,
  }),
}
