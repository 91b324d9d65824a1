/**
 * How mail programs introduce what they quote. Spanish, English, Portuguese, French, German, Italian, Dutch, Catalan; the
 * forms are those that Gmail, Outlook, Apple Mail, Thunderbird, Yahoo and K-9 write.
 */
const days =
  '(?:mon|tue|wed|thu|fri|sat|sun|lun|mar|mi[ée]|jue|vie|s[áa]b|dom|seg|ter|qua|qui|sex|mer|jeu|ven|sam|dim|mo|di|do|fr|sa|so|ma|wo|vr|zo)'

/** `On … wrote:` on one line, its line breaks already joined. */
const attributions: readonly RegExp[] = [
  /^on\b.{3,300}\bwrote\s*:$/i,
  /^(?:el|en|al)\b.{3,300}\b(?:escribi[óo]|va escriure)\s*:$/i,
  /^(?:em|a|no dia)\b.{3,300}\bescreveu\s*:$/i,
  /^le\b.{3,300}\ba écrit\s*:$/i,
  /^am\b.{3,300}\bschrieb\b.{0,200}:$/i,
  /^il\b.{3,300}\bha scritto\s*:$/i,
  /^op\b.{3,300}\bschreef\b.{0,200}:$/i,
  // the name first: "Ana Pérez <ana@…> escribió el 24/11/2026:", "2026-11-24 10:15 GMT+01:00 Ana <…>:"
  /^[^:]{2,200}\b(?:wrote|escribi[óo]|escreveu|a écrit|schrieb|ha scritto|schreef)\b[^:]{0,60}(?:\d{1,2}:\d{2}[^:]{0,20})?:$/i,
  /^\d{4}-\d{2}-\d{2} \d{1,2}:\d{2}\b.{0,60}<[^<>@\s]+@[^<>\s]+>\s*:$/,
  new RegExp(String.raw`^${days}[.,]? .{5,120}<[^<>@\s]+@[^<>\s]+>\s*:$`, 'i'),
]

/** Could a line be the beginning of an attribution that goes on below? */
const opening = new RegExp(String.raw`^(?:on|el|en|al|em|no dia|le|am|il|op)\b.*(?:\d|@|${days})`, 'i')

/** The divider above a quoted mail, in words or (Outlook on the web) as a line. */
const divider =
  /^[-_=\s]*(?:-{3,}|_{3,})\s*(?:original message|mensaje original|mensagem original|message d'origine|message original|ursprüngliche nachricht|urspr\. nachricht|messaggio originale|oorspronkelijk bericht|missatge original)\s*-*\s*$/i
const rule = /^(?:_{20,}|-{20,})$/

const fromField = /^\*?(?:from|de|von|da|van)\s*:\*?\s*\S/i
const otherFields =
  /^\*?(?:sent|date|to|cc|subject|enviado(?: el)?|fecha|para|asunto|enviada(?: em)?|data|assunto|envoyé|à|objet|gesendet|datum|an|betreff|inviato|oggetto|a|verzonden|aan|onderwerp)\s*:\*?/i

const forwarded =
  /^[-\s]*(?:forwarded message|mensaje reenviado|mensagem encaminhada|message transféré|weitergeleitete nachricht|messaggio inoltrato|begin forwarded message|inicio del mensaje reenviado|in[ií]cio da mensagem (?:reencaminhada|encaminhada)|début du message (?:réexpédié|transféré)|anfang der weitergeleiteten nachricht)\b.{0,20}$/i
const forwardSubject = /^\s*(?:fwd?|rv|reenv|enc|tr|wg|i|doorst)\s*:/i

/** How many lines from `at` are the introduction to a quoted mail; 0 where it is none. Lines come trimmed. */
export function introductionLength(lines: readonly string[], at: number): number {
  const line = lines[at]!
  if (divider.test(line)) return 1
  if (rule.test(line)) {
    const next = lines.slice(at + 1, at + 4).findIndex((other) => other !== '')
    return next >= 0 && isFieldBlock(lines, at + 1 + next) ? next + 1 : 0
  }
  if (isFieldBlock(lines, at)) return 1
  if (isAttribution(line)) return 1
  if (!opening.test(line)) return 0
  let joined = line
  for (let more = 1; more <= 3; more++) {
    const next = lines[at + more]
    if (next === undefined || next === '' || next.startsWith('>')) return 0
    joined += ` ${next}`
    if (isAttribution(joined)) return more + 1
  }
  return 0
}

const isAttribution = (line: string) =>
  line.length <= 400 && line.endsWith(':') && /\d|@/.test(line) && attributions.some((form) => form.test(line))

/** Outlook's block: `De:` and, within the lines below, at least two of its fellows. */
function isFieldBlock(lines: readonly string[], at: number): boolean {
  if (!fromField.test(lines[at]!)) return false
  const below = lines.slice(at + 1, at + 8).filter((line) => otherFields.test(line))
  return below.length >= 2
}

/** From here on somebody else's mail is passed on: it is what the sender wants to be read. */
export const isForwardMark = (line: string): boolean => forwarded.test(line)
export const isForwardSubject = (subject: string | null): boolean => forwardSubject.test(subject ?? '')
