import { expect, test } from 'vitest'
import { invitationMail, passwordResetMail } from './mail-texts.ts'

const hostile = 'Taller {{7*7}} ${7*7}\r\nBcc: eva@example.com\u2028$& <b>x</b>'
const link = 'https://ficha.example.com/invite#token'

test.each(['es', 'en'] as const)('a name is printed as it is and stays on its line: %s', (language) => {
  const invitation = invitationMail[language]({ workspace: hostile, invitedBy: hostile, link })
  const reset = passwordResetMail[language]({ name: hostile, link })
  for (const { subject, text } of [invitation, reset]) {
    expect(subject).not.toMatch(/[\r\n\u2028]/)
    expect(text).not.toMatch(/^Bcc/m)
    expect(text).toContain('{{7*7}} ${7*7} Bcc: eva@example.com $& <b>x</b>')
    expect(text.split('\n').filter((line) => line === link)).toHaveLength(1)
  }
  expect(invitation.subject).toContain('{{7*7}} ${7*7}')
})
