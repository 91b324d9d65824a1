import MailComposer from 'nodemailer/lib/mail-composer'
import type { Attempt, Outgoing } from '../adapter.ts'
import { describeProblem } from './mail-problem.ts'
import { openSmtp, type SmtpSession } from './open-smtp.ts'
import type { OwnIds } from './own-id.ts'
import { planMail, type LinkUnsubscribe, type PlannedMail } from './plan-mail.ts'
import type { Reach } from './reach-server.ts'
import type { EmailLine } from './settings.ts'

/**
 * One attempt. As long as the server has not been given the whole mail, nothing can have been sent; from then on only its
 * answer tells, and without one the message is never repeated by itself.
 */
export async function sendMail(
  line: EmailLine,
  message: Outgoing,
  { reach, ids, linkUnsubscribe }: { reach: Reach; ids: OwnIds; linkUnsubscribe: LinkUnsubscribe },
  signal: AbortSignal,
): Promise<Attempt> {
  const plan = planMail(line, message, ids, linkUnsubscribe)
  if (plan === null) return { outcome: 'failed', code: 'address-invalid', detail: message.to.address }
  const raw = await buildMail(plan, message)
  let session: SmtpSession | null = null
  try {
    session = await openSmtp(line.settings.smtp, reach, signal)
    const sent = await session.send({ from: plan.from.address, to: [plan.to.address, ...plan.cc] }, raw)
    const refused = sent.refused.find(({ address }) => address === plan.to.address)
    // the copies are out: trying again would send them once more, so a passing refusal ends it too
    if (refused !== undefined) return { ...failureOf(refused.error), outcome: 'failed' }
    return { outcome: 'accepted', extId: plan.messageId }
  } catch (error) {
    const answered = (error as { responseCode?: number }).responseCode !== undefined
    if (session?.handedOver() === true && !answered)
      return { outcome: 'unknown', detail: describeProblem(error).detail }
    const { passing } = describeProblem(error)
    return { ...failureOf(error), outcome: passing ? 'retry' : 'failed' }
  } finally {
    session?.close()
  }
}

/** How it reads on a message: whichever way the server was out of reach, it is the mail server that was. */
function failureOf(error: unknown): { code: string; detail: string | null; lineBroken?: boolean } {
  const { code, detail, passing, lineBroken } = describeProblem(error)
  return { code: passing ? 'provider-unavailable' : code, detail, ...(lineBroken ? { lineBroken } : {}) }
}

async function buildMail(plan: PlannedMail, { files, openFile, automatic = false }: Outgoing): Promise<Buffer> {
  const attachments = []
  for (const { id, name, type } of files)
    attachments.push({
      filename: name,
      content: await openFile(id),
      contentType: /^[\w.+-]+\/[\w.+-]+$/.test(type) ? type : 'application/octet-stream',
      contentDisposition: 'attachment',
    })
  return new MailComposer({
    messageId: `<${plan.messageId}>`,
    // as objects: never read as lists of addresses
    from: plan.from,
    to: plan.to,
    cc: plan.cc.map((address) => ({ name: '', address })),
    subject: plan.subject,
    ...(plan.inReplyTo === null ? {} : { inReplyTo: `<${plan.inReplyTo}>` }),
    references: plan.references.map((id) => `<${id}>`),
    text: plan.text,
    html: plan.html,
    attachments,
    headers: {
      'X-Ficha-Loop': plan.loopMark,
      ...(automatic ? { 'Auto-Submitted': 'auto-generated' } : {}),
      ...(plan.unsubscribe === null ? {} : unsubscribeHeaders(plan.unsubscribe)),
    },
    disableFileAccess: true,
    disableUrlAccess: true,
    newline: 'win',
  })
    .compile()
    .build()
}

/** Mail programs offer it, and press it in the recipient's name where it is encrypted. Source: RFC 2369, 3.2; RFC 8058, 3.1 */
const unsubscribeHeaders = (url: string) => ({
  // on one line: a header that begins with its second one is not read by all
  'List-Unsubscribe': { prepared: true, value: `<${url}>` },
  ...(url.startsWith('https:') ? { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' } : {}),
})
