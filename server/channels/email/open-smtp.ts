import { Readable } from 'node:stream'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import { openConnection, type Reach } from './reach-server.ts'
import type { MailServer } from './settings.ts'

export interface SmtpSession {
  /** Hands one mail over. Throws as the server answered; see `handedOver` for what an unanswered end means. */
  send(envelope: { from: string; to: readonly string[] }, raw: Buffer): Promise<SentMail>
  /** Has the server been given the whole of a mail? From then on a broken connection leaves open whether it was taken. */
  handedOver(): boolean
  close(): void
}

export interface SentMail {
  /** The server's answer. */
  readonly response: string
  readonly refused: readonly { readonly address: string; readonly error: Error }[]
}

const silenceMs = 30_000
const pieceBytes = 64 * 1024

/** Connects and signs in, with the encryption that was asked for or not at all. @throws what `describeProblem` reads */
export async function openSmtp(server: MailServer, reach: Reach, signal: AbortSignal): Promise<SmtpSession> {
  signal.throwIfAborted()
  const socket = await openConnection(server, reach)
  const connection = new SMTPConnection({
    connection: socket,
    host: server.host,
    port: server.port,
    secure: server.security === 'tls',
    requireTLS: server.security === 'starttls',
    ignoreTLS: server.security === 'none',
    greetingTimeout: silenceMs,
    connectionTimeout: silenceMs,
    socketTimeout: silenceMs,
    socketCloseTimeout: 1000,
    maxResponseSize: 64 * 1024,
    logger: false,
  })
  const lost = new Promise<never>((_resolve, reject) => {
    connection.on('error', reject)
    // an answer that ends the session is told to whoever waits for one first
    connection.once('end', () => setImmediate(() => reject(endOf(connection))))
    signal.addEventListener('abort', () => {
      reject(Object.assign(new Error('given up waiting'), { code: 'ETIMEDOUT' }))
      connection.close()
    })
  })
  lost.catch(() => undefined)
  const step = <T>(act: (done: (error: Error | null | undefined, result?: T) => void) => void): Promise<T> =>
    Promise.race([
      lost,
      new Promise<T>((resolve, reject) => {
        act((error, result) => (error ? reject(error) : resolve(result as T)))
      }),
    ])
  let handedOver = false
  try {
    await step((done) => connection.connect(done))
    if (server.user !== '') await step((done) => connection.login({ user: server.user, pass: server.password }, done))
  } catch (error) {
    connection.close()
    throw error
  }
  return {
    async send({ from, to }, raw) {
      const mail = Readable.from(
        (function* () {
          for (let at = 0; at < raw.length; at += pieceBytes) {
            handedOver = at + pieceBytes >= raw.length
            yield raw.subarray(at, at + pieceBytes)
          }
        })(),
      )
      const info = await step<SMTPConnection.SentMessageInfo>((done) =>
        connection.send({ from, to: [...to], size: raw.length, use8BitMime: true }, mail, done),
      )
      const refused = (info.rejectedErrors ?? []).map((error) => ({ address: error.recipient ?? '', error }))
      return { response: info.response, refused }
    },
    handedOver: () => handedOver,
    close() {
      if (connection.destroyed) return
      connection.quit()
    },
  }
}

/** The server ended the session, perhaps with a word about it. */
function endOf(connection: SMTPConnection): Error {
  const said = connection.lastServerResponse
  const code = typeof said === 'string' ? Number(/^[45]\d\d/.exec(said)?.[0] ?? 0) : 0
  return Object.assign(new Error('the server closed the connection'), {
    code: 'ECONNECTION',
    ...(code === 0 ? {} : { response: said, responseCode: code }),
  })
}
