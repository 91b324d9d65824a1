import type { SMTPServerDataStream, SMTPServerSession } from 'smtp-server'
import type { Deps } from '../../deps.ts'
import { countAttempt } from '../../members/throttle.ts'
import type { Doorbell } from '../doorbell.ts'
import { storeEvent } from '../store-event.ts'
import { authenticateMail, type AskDns } from './authenticate-mail.ts'
import { cutMail } from './bound-head.ts'
import { listenerHeaders } from './event-headers.ts'
import { largestMail } from './fetch-mail.ts'
import { findMailLine } from './find-mail-lines.ts'
import { hasTooManyHops } from './parse-mail.ts'

/** An answer in the words of SMTP; anything else that is thrown is temporary trouble of ours. */
export class SmtpAnswer extends Error {
  readonly responseCode: number

  constructor(responseCode: number, message: string) {
    super(message)
    this.responseCode = responseCode
  }
}

/** So many bytes of mails that are just coming in, all connections together; more have to come back later. */
const mostAtOnce = 4 * largestMail
const megabyte = 1024 * 1024
/** Megabytes that are taken within an hour, from one sender and for one line: what is taken stays, and fills a disk. */
const hourly = { sender: 100, line: 1000 }
/** Words alone fill none. */
const countedFrom = megabyte / 8
let underway = 0

/**
 * Takes one mail in: for every recipient's line at once, durably, before it returns.
 * @throws SmtpAnswer, or whatever keeps it from being stored
 */
export async function receiveMail(
  deps: Pick<Deps, 'inbound'>,
  bell: Doorbell,
  stream: SMTPServerDataStream,
  { remoteAddress, hostNameAppearsAs, envelope }: SMTPServerSession,
  resolver: AskDns | undefined,
): Promise<void> {
  const body = await readAll(stream)
  if (hasTooManyHops(cutMail(body))) throw new SmtpAnswer(554, 'Too many hops: this mail is going in circles')
  const handOver = {
    remoteAddress,
    helo: hostNameAppearsAs || '',
    mailFrom: envelope.mailFrom === false ? '' : envelope.mailFrom.address,
  }
  const verdict = await authenticateMail(body, handOver, resolver === undefined ? {} : { resolver })
  const lines = new Map<string, { workspaceId: number; channelId: number }>()
  for (const { address } of envelope.rcptTo) {
    const line = await findMailLine(deps, address)
    if (line !== null) lines.set(`${line.workspaceId}:${line.channelId}`, line)
  }
  if (lines.size === 0) throw new SmtpAnswer(550, 'No such mailbox here')
  if (body.length >= countedFrom) await refuseFlood(deps, handOver, [...lines.keys()], body.length)
  await storeEvent(deps, bell, [...lines.values()], { headers: listenerHeaders(handOver, verdict), body })
}

/** Nothing is lost: the sender's server keeps the mail and comes back with it. @throws SmtpAnswer */
async function refuseFlood(
  deps: Pick<Deps, 'inbound'>,
  { mailFrom, remoteAddress }: { mailFrom: string; remoteAddress: string },
  lines: readonly string[],
  bytes: number,
): Promise<void> {
  const counts = { weight: Math.ceil(bytes / megabyte), seconds: 3600, forgiving: false }
  const wait = await countAttempt(deps.inbound, [
    { key: `mail sender ${(mailFrom || remoteAddress).toLowerCase()}`, limit: hourly.sender, ...counts },
    ...lines.map((line) => ({ key: `mail line ${line}`, limit: hourly.line, ...counts })),
  ])
  if (wait !== null) throw new SmtpAnswer(452, 'Too much mail for now, come back later')
}

async function readAll(stream: SMTPServerDataStream): Promise<Buffer> {
  const chunks: Buffer[] = []
  let taken = 0
  let crowded = false
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      crowded ||= underway + chunk.length > mostAtOnce
      // read on to the end all the same: only then can it be answered
      if (crowded || taken + chunk.length > largestMail) continue
      taken += chunk.length
      underway += chunk.length
      chunks.push(chunk)
    }
    if (stream.sizeExceeded) throw new SmtpAnswer(552, `Larger than ${largestMail} bytes`)
    if (crowded) throw new SmtpAnswer(452, 'Too much mail at once, come back later')
    return Buffer.concat(chunks)
  } finally {
    underway -= taken
  }
}
