import { createTransport } from 'nodemailer'
import type { Config } from '../config.ts'

/** The system's own outgoing mail: invitations, password resets. Kept apart from the workspace's mail channels. */
export interface SystemMail {
  /** Hands one mail to the server named by FICHA_SMTP_URL; throws when it was not accepted. Never inside a transaction. */
  send(mail: { to: string; subject: string; text: string }): Promise<void>
}

/**
 * `smtp://user:password@host:port?from=ficha@example.com`, or `smtps:`. Without `from`, the user name where it is an
 * address. Null where nothing is set up: links are then shown to whoever asks for them.
 */
export function openSystemMail(config: Pick<Config, 'smtpUrl'>): SystemMail | null {
  if (config.smtpUrl === null) return null
  const url = new URL(config.smtpUrl)
  const user = decodeURIComponent(url.username)
  const from = url.searchParams.get('from') ?? (user.includes('@') ? user : `ficha@${url.hostname}`)
  const secure = url.protocol === 'smtps:'
  const transport = createTransport({
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
    secure,
    ...(user === '' ? {} : { auth: { user, pass: decodeURIComponent(url.password) } }),
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 20_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    async send({ to, subject, text }) {
      await transport.sendMail({
        from: { name: 'Ficha', address: from },
        // as an object: never read as a list of addresses
        to: { name: '', address: to },
        subject,
        text,
        headers: { 'Auto-Submitted': 'auto-generated' },
      })
    },
  }
}
