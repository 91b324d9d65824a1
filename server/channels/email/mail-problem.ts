import { OutgoingFailure } from '../../http/outgoing-failure.ts'
import { ProviderRefusal } from '../provider-refusal.ts'
import { translateStatus } from './translate-status.ts'

/** What the libraries tell of an error of a mail server or of the way to it, each in its own fields. */
interface MailError extends Error {
  readonly code?: string
  // SMTP
  readonly response?: unknown
  readonly responseCode?: number
  readonly command?: string
  // IMAP
  readonly authenticationFailed?: boolean
  readonly serverResponseCode?: string
  readonly responseText?: string
  readonly tlsFailed?: boolean
}

const certificate =
  /certificate|self.signed|altname|issuer|expired|CERT_|ERR_TLS_CERT|wrong version number|unsupported protocol|handshake failure|\bEPROTO\b/i

/**
 * What went wrong with a mail server, in the codes the web has sentences for and with the server's own words. `passing`:
 * worth another try; `lineBroken`: only the settings, or the other side's certificate, can change it.
 */
export function describeProblem(error: unknown): ProviderRefusal {
  if (error instanceof ProviderRefusal) return error
  if (error instanceof OutgoingFailure)
    return error.problem === 'refused'
      ? new ProviderRefusal({ code: 'address-refused', detail: error.message, lineBroken: true })
      : new ProviderRefusal({ code: 'unreachable', detail: error.message, passing: true })
  if (!(error instanceof Error)) return new ProviderRefusal({ code: 'unreachable', detail: null, passing: true })
  const { code = '', response, responseCode, command, ...imap } = error as MailError
  const words = wordsOf(error)
  if (code === 'EAUTH' || imap.authenticationFailed === true || (responseCode === 530 && command !== 'STARTTLS')) {
    const later = (responseCode ?? 500) < 500 || /^(?:UNAVAILABLE|INUSE|LIMIT)$/i.test(imap.serverResponseCode ?? '')
    return later
      ? new ProviderRefusal({ code: 'provider-unavailable', detail: words, passing: true })
      : new ProviderRefusal({ code: 'sign-in-refused', detail: words, lineBroken: true })
  }
  const answered = responseCode !== undefined && responseCode >= 400
  const untrusted = !answered && certificate.test(`${code} ${error.message}`)
  const unsupported = code === 'ETLS' ? (responseCode ?? 0) >= 500 : imap.tlsFailed === true && code === ''
  if (untrusted || unsupported) return new ProviderRefusal({ code: 'tls-failed', detail: words, lineBroken: true })
  if (answered) {
    if (responseCode < 500) return new ProviderRefusal({ code: 'provider-unavailable', detail: words, passing: true })
    return new ProviderRefusal({ code: refusedAt(command, String(response)), detail: words })
  }
  if (code === 'EMESSAGE') return new ProviderRefusal({ code: 'too-large', detail: words })
  if (code === 'EENVELOPE') return new ProviderRefusal({ code: 'address-invalid', detail: words })
  if (/TIMEOUT|ETIMEDOUT/i.test(code)) return new ProviderRefusal({ code: 'no-answer', detail: words, passing: true })
  if (code === 'EPROTOCOL') return new ProviderRefusal({ code: 'answer-strange', detail: words, passing: true })
  return new ProviderRefusal({ code: 'unreachable', detail: words, passing: true })
}

/** A lasting refusal by what was asked for: the sender, the recipient or the mail itself. */
function refusedAt(command: string | undefined, response: string): string {
  const translated = translateStatus(response.slice(4, 14), response)
  if (command === 'RCPT TO' || command === 'DATA') return translated
  if (command === 'MAIL FROM')
    return translated === 'too-large' || translated === 'rejected' ? translated : 'sender-refused'
  return 'rejected'
}

function wordsOf(error: Error): string {
  const { response, responseText } = error as MailError
  const said = responseText ?? (typeof response === 'string' && response !== '' ? response : error.message)
  return said.replace(/\s+/g, ' ').trim().slice(0, 500)
}
