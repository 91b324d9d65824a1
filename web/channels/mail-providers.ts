export type ProviderId = 'gmail' | 'microsoft' | 'yahoo' | 'icloud' | 'zoho' | 'own'

export type Security = 'tls' | 'starttls' | 'none'

interface Server {
  host: string
  port: string
  security: Security
}
interface Provider {
  id: ProviderId
  /** As the world knows it; null for a server of one's own. */
  name: string | null
  smtp: Server
  imap: Server
  /** Addresses that are always theirs. */
  domains: RegExp
}

const tls = (host: string, port: string): Server => ({ host, port, security: 'tls' })
const startTls = (host: string): Server => ({ host, port: '587', security: 'starttls' })

/**
 * Servers as the providers publish them: support.google.com/a/answer/9003945; support.microsoft.com "POP, IMAP, and SMTP
 * settings for Outlook.com" and learn.microsoft.com "POP3 and IMAP4 in Exchange Online"; help.yahoo.com SLN4075;
 * support.apple.com/102525; zoho.com/mail/help/imap-access.html
 */
const known: readonly Provider[] = [
  {
    id: 'gmail',
    name: 'Gmail, Google Workspace',
    smtp: tls('smtp.gmail.com', '465'),
    imap: tls('imap.gmail.com', '993'),
    domains: /^(gmail|googlemail)\.com$/,
  },
  {
    id: 'microsoft',
    name: 'Outlook, Microsoft 365',
    smtp: startTls('smtp.office365.com'),
    imap: tls('outlook.office365.com', '993'),
    domains: /^(outlook|hotmail|live|msn)\.[a-z.]+$/,
  },
  {
    id: 'yahoo',
    name: 'Yahoo',
    smtp: tls('smtp.mail.yahoo.com', '465'),
    imap: tls('imap.mail.yahoo.com', '993'),
    domains: /^(yahoo\.[a-z.]+|ymail\.com|rocketmail\.com)$/,
  },
  {
    id: 'icloud',
    name: 'iCloud',
    smtp: startTls('smtp.mail.me.com'),
    imap: tls('imap.mail.me.com', '993'),
    domains: /^(icloud|me|mac)\.com$/,
  },
  {
    id: 'zoho',
    name: 'Zoho',
    smtp: tls('smtp.zoho.com', '465'),
    imap: tls('imap.zoho.com', '993'),
    domains: /^zoho(mail)?\.[a-z.]+$/,
  },
]

/** Known providers, in the order they are offered. */
export const knownProviders: readonly { id: ProviderId; name: string | null }[] = known

/** Null for a server of one's own. */
export function serversOf(provider: ProviderId): { smtp: Server; imap: Server } | null {
  const found = known.find(({ id }) => id === provider)
  return found ? { smtp: { ...found.smtp }, imap: { ...found.imap } } : null
}

/** Whose servers these are. @param imapHost null where no mailbox is fetched */
export function providerOf(smtpHost: string, imapHost: string | null): ProviderId {
  const found = known.find(({ smtp, imap }) => smtp.host === smtpHost && (imapHost === null || imap.host === imapHost))
  return found?.id ?? 'own'
}

/** Told from the address alone; null where the domain could be anybody's. */
export function guessProvider(address: string): ProviderId | null {
  const domain = address.trim().toLowerCase().split('@')[1] ?? ''
  return known.find(({ domains }) => domains.test(domain))?.id ?? null
}
