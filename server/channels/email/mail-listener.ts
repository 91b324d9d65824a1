import { setTimeout as wait } from 'node:timers/promises'
import type { Socket } from 'node:net'
import { SMTPServer } from 'smtp-server'
import type { Deps } from '../../deps.ts'
import { isPublicAddress } from '../../http/public-address.ts'
import { Refusal } from '../../refusal.ts'
import { openDoorbell, type Doorbell } from '../doorbell.ts'
import type { AskDns } from './authenticate-mail.ts'
import { largestMail } from './fetch-mail.ts'
import { findMailLine } from './find-mail-lines.ts'
import { keepCertificate } from './listener-certificate.ts'
import { receiveMail, SmtpAnswer } from './receive-mail.ts'

const mostConnections = 60
const mostOfOneAddress = 20
/** However busy it is, no conversation takes longer. */
const longestSessionMs = 10 * 60_000
const silenceMs = 60_000
const againMs = 3000

/**
 * Takes mail for the workspaces' lines by SMTP, where the operator has named an address to listen on; null where not. For
 * nobody else: it passes nothing on and knows no sign-in. Where another process of this installation listens there already,
 * it stands by.
 */
export async function startMailListener(
  deps: Pick<Deps, 'config' | 'inbound' | 'jobs' | 'log'>,
  { resolver }: { resolver?: AskDns } = {},
): Promise<{ close(): Promise<void> } | null> {
  const { smtpListen, publicUrl, dataDir } = deps.config
  if (smtpListen === null) return null
  const name = publicUrl === null ? 'ficha' : new URL(publicUrl).hostname
  const pem = await keepCertificate(dataDir, name, deps.log)
  const bell = openDoorbell(deps)
  const stopping = new AbortController()
  const make = () => makeServer(deps, bell, { name, pem, resolver })
  const first = await listen(make(), smtpListen)
  let standby: Promise<SMTPServer | null> = Promise.resolve(first)
  if (first === null) {
    deps.log.warn(`Another process takes mail on ${smtpListen.host}:${smtpListen.port}; this one stands by.`)
    standby = standBy(() => listen(make(), smtpListen), stopping.signal)
  }
  return {
    async close() {
      stopping.abort()
      const server = await standby.catch(() => null)
      if (server !== null) await closeServer(server)
      await bell.close()
    },
  }
}

async function standBy(listenAgain: () => Promise<SMTPServer | null>, signal: AbortSignal): Promise<SMTPServer | null> {
  while (!signal.aborted) {
    await wait(againMs, undefined, { signal }).catch(() => undefined)
    const server = signal.aborted ? null : await listenAgain()
    if (server !== null) return server
  }
  return null
}

/** Null: the address is taken. @throws Refusal for anything else that stands against it */
function listen(server: SMTPServer, { host, port }: { host: string; port: number }): Promise<SMTPServer | null> {
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(null)
      else
        reject(
          new Refusal(`FICHA_SMTP_LISTEN: mail cannot be taken on ${host}:${port} (${error.code ?? error.message}).`),
        )
    }
    server.once('error', fail)
    server.listen(port, host, () => {
      server.off('error', fail)
      resolve(server)
    })
  })
}

const closeServer = (server: SMTPServer) =>
  new Promise<void>((resolve) => {
    server.close(() => resolve())
  })

function makeServer(
  deps: Pick<Deps, 'inbound' | 'log'>,
  bell: Doorbell,
  { name, pem, resolver }: { name: string; pem: string | null; resolver: AskDns | undefined },
): SMTPServer {
  const answer = async (act: Promise<void>, done: (error?: Error | null) => void) => {
    const failure = await act.then(
      () => null,
      (error: unknown) => answerFor(error, deps),
    )
    done(failure)
  }
  const server = new SMTPServer({
    name,
    banner: 'Ficha',
    size: largestMail,
    disabledCommands: ['AUTH', ...(pem === null ? ['STARTTLS'] : [])],
    authOptional: true,
    ...(pem === null ? {} : { key: pem, cert: pem }),
    disableReverseLookup: true,
    logger: false,
    maxClients: mostConnections,
    maxRecipients: 100,
    socketTimeout: silenceMs,
    closeTimeout: 3000,
    onRcptTo: ({ address }, _session, done) => void answer(refuseUnknown(deps, address), done),
    onData: (stream, session, done) => void answer(receiveMail(deps, bell, stream, session, resolver), done),
  })
  // troubles of single connections; those of listening are told to whoever waits for it
  server.on('error', (error) => deps.log.debug({ err: error }, 'a connection to the mail listener broke'))
  boundConnections(server)
  return server
}

async function refuseUnknown(deps: Pick<Deps, 'inbound'>, address: string): Promise<void> {
  if ((await findMailLine(deps, address)) === null) throw new SmtpAnswer(550, 'No such mailbox here')
}

/** Temporary trouble is the sender's to come back with; it learns nothing more of it. */
function answerFor(error: unknown, deps: Pick<Deps, 'log'>): Error {
  if (error instanceof SmtpAnswer) return error
  deps.log.error({ err: error }, 'a mail could not be taken')
  return new SmtpAnswer(451, 'Temporary trouble, come back later')
}

function boundConnections(server: SMTPServer): void {
  const byAddress = new Map<string, number>()
  server.server.on('connection', (socket: Socket) => {
    const address = (socket.remoteAddress ?? '').replace(/^::ffff:/i, '')
    const count = (byAddress.get(address) ?? 0) + 1
    byAddress.set(address, count)
    const end = setTimeout(() => socket.destroy(), longestSessionMs)
    socket.once('close', () => {
      clearTimeout(end)
      const left = (byAddress.get(address) ?? 1) - 1
      if (left > 0) byAddress.set(address, left)
      else byAddress.delete(address)
    })
    // a relay of one's own network speaks for many
    if (count > mostOfOneAddress && isPublicAddress(address)) socket.destroy()
  })
}
