import type { FieldProblem } from '#contract/errors.ts'
import type { AllowList } from '../../http/allow-list.ts'
import { isPublicAddress } from '../../http/public-address.ts'
import { readEmail } from '../../identity/read-email.ts'
import { isIP } from 'node:net'
import type { EmailSettings, MailServer } from './settings.ts'

/** What is wrong with a mailbox's settings, before anything is tried. Pure. */
export function refuseSettings(settings: EmailSettings, allow: AllowList): FieldProblem[] {
  const problems: FieldProblem[] = []
  const address = readEmail(settings.address)
  if (typeof address === 'string')
    problems.push({ path: 'address', reason: address, message: 'This is not an e-mail address.' })
  problems.push(...refuseServer('smtp', settings.smtp, allow))
  if (settings.imap !== null) problems.push(...refuseServer('imap', settings.imap, allow))
  return problems
}

function refuseServer(path: 'smtp' | 'imap', server: MailServer, allow: AllowList): FieldProblem[] {
  const problems: FieldProblem[] = []
  const host = server.host.trim()
  if (!/^[\p{L}\p{N}._-]+$/u.test(host) && isIP(host) === 0) {
    const bare = /^[a-z]+:\/\/([^/:]+)/i.exec(host)?.[1]
    problems.push({
      path: `${path}.host`,
      reason: 'bad-host',
      message: 'Only the name of the server, such as mail.example.com.',
      ...(bare === undefined ? {} : { fix: bare }),
    })
  } else if (server.security === 'none' && !mayBePlain(host, server.port, allow)) {
    problems.push({
      path: `${path}.security`,
      reason: 'insecure',
      message: 'Without encryption only a server on one’s own machine or network can be used.',
      fix: 'starttls',
    })
  }
  // a relay on one's own network may take mail without a sign-in; a mailbox never opens without one
  if (server.user === '' && (path === 'imap' || server.password !== ''))
    problems.push({ path: `${path}.user`, reason: 'required', message: 'This is needed.' })
  if (server.user !== '' && server.password === '')
    problems.push({ path: `${path}.password`, reason: 'required', message: 'This is needed.' })
  return problems
}

/** As far as it can be told without asking anybody; whoever connects looks again at the addresses behind the name. */
function mayBePlain(host: string, port: number, allow: AllowList): boolean {
  if (allow.allowsHost(host.toLowerCase(), port) || /(^|\.)localhost$/i.test(host)) return true
  return isIP(host) === 0 ? !host.includes('.') : !isPublicAddress(host)
}
