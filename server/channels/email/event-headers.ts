import type { HandOver, Verdict } from './authenticate-mail.ts'

/**
 * What is known of a stored mail besides its bytes, because only whoever received it could know: kept with the event, apart
 * from the mail's own fields, which are a stranger's word.
 */
export interface EventHeaders {
  /** Found out by our listener; null where another server received it. */
  readonly verdict: Verdict | null
  readonly mailFrom: string | null
  /** The server of the mailbox it lay in. */
  readonly imapHost: string | null
  /** Too large to be fetched whole: its size in bytes; only the head is there. */
  readonly size: number | null
  /** The mailbox would not give it out, and why. */
  readonly unfetched: string | null
}

export function listenerHeaders(
  { remoteAddress, helo, mailFrom }: HandOver,
  { verdict, results }: { verdict: Verdict; results: string | null },
): Record<string, string> {
  return {
    from: 'smtp',
    'remote-address': remoteAddress,
    helo: helo.slice(0, 255),
    'mail-from': mailFrom.slice(0, 320),
    verdict,
    ...(results === null ? {} : { results }),
  }
}

export function mailboxHeaders(
  imapHost: string,
  { size = null, unfetched = null }: { size?: number | null; unfetched?: string | null } = {},
): Record<string, string> {
  return {
    from: 'imap',
    'imap-host': imapHost,
    ...(size === null ? {} : { size: String(size) }),
    ...(unfetched === null ? {} : { unfetched: unfetched.slice(0, 300) }),
  }
}

export function readEventHeaders(headers: Readonly<Record<string, string>>): EventHeaders {
  const verdict = headers['verdict']
  return {
    verdict: verdict === 'pass' || verdict === 'fail' || verdict === 'none' ? verdict : null,
    mailFrom: headers['mail-from'] ?? null,
    imapHost: headers['imap-host'] ?? null,
    size: headers['size'] === undefined ? null : Number(headers['size']),
    unfetched: headers['unfetched'] ?? null,
  }
}
