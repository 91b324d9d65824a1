import { fieldOf, type CutMail } from './bound-head.ts'

export interface Automatic {
  /** No person wrote it just now: nothing automatic of ours answers it (RFC 3834, section 2). */
  readonly automatic: boolean
  /** It answers for somebody: an absence note, a confirmation of receipt. Shown as such. */
  readonly autoReply: boolean
}

/** Fields by which programs that know no RFC 3834 mark their answers. */
const replyFields = [
  'x-autoreply',
  'x-autorespond',
  'x-autoresponder',
  'x-autoresponse',
  'x-auto-reply',
  'x-autoreply-from',
  'x-mail-autoreply',
  'x-amazon-auto-reply',
  'autoresponder',
]
const listFields = ['list-id', 'list-unsubscribe', 'feedback-id', 'x-mailchimp-id', 'x-campaignid']

const absence = new RegExp(
  [
    'out of (?:the )?office|automatic reply|auto(?:matic)?[- ]?(?:reply|response)|away from (?:the|my) office',
    'respuesta autom[áa]tica|fuera de (?:la )?oficina|autorrespuesta|ausencia (?:temporal|por vacaciones)',
    'resposta autom[áa]tica|fora d[oa] escrit[óo]rio|aus[êe]ncia tempor[áa]ria',
    'r[ée]ponse automatique|absence du bureau|absent[(]?e?[)]? du bureau',
    'automatische antwort|abwesenheitsnotiz|abwesend|abwesenheit',
    'risposta automatica|fuori (?:sede|ufficio)|automatisch antwoord|afwezig',
  ].join('|'),
  'i',
)

/** Recognises mail that no person has just written. Sources: RFC 3834; RFC 5436, 2.7.1; MS-OXCMAIL, 2.2.3.2.14. Pure. */
export function recogniseAutomatic(
  mail: Pick<CutMail, 'fields'>,
  { subject, from }: { subject: string | null; from: string },
): Automatic {
  const field = (name: string) => fieldOf(mail, name)?.toLowerCase() ?? ''
  const submitted = (field('auto-submitted').split(/[;\s]/)[0] ?? '').trim()
  const precedence = field('precedence')
  const titled = absence.test(subject ?? '')
  const autoReply =
    submitted.startsWith('auto-replied') ||
    precedence === 'auto_reply' ||
    replyFields.some((name) => fieldOf(mail, name) !== null && field(name) !== 'no') ||
    (titled && (!/^(?:re|rv|fwd?|aw|wg|tr)\s*:/i.test(subject!.trim()) || submitted !== ''))
  const automatic =
    autoReply ||
    (submitted !== '' && submitted !== 'no') ||
    /^(?:bulk|junk|list)$/.test(precedence) ||
    /\b(?:all|oof|autoreply)\b/.test(field('x-auto-response-suppress')) ||
    listFields.some((name) => fieldOf(mail, name) !== null) ||
    /^\s*<\s*>\s*$/.test(fieldOf(mail, 'return-path') ?? '') ||
    /^(?:mailer-daemon|postmaster|no-?reply|donotreply|do-not-reply|noresponder|no-responder|bounces?)(?:[+@-]|$)/i.test(
      from,
    )
  return { automatic, autoReply }
}
