import { createServer, type AddressInfo, type Socket } from 'node:net'
import { simpleParser, type ParsedMail } from 'mailparser'

/** Where in a conversation something goes wrong. `end` is after the whole mail was handed over. */
export type SmtpStep = 'greeting' | 'auth' | 'mail' | 'rcpt' | 'data' | 'end'

/** An answer instead of the proper one, or a connection that breaks there, or one that falls silent. */
export interface SmtpTrouble {
  readonly at: SmtpStep
  readonly with: 'cut' | 'silence' | (string & {})
}

export interface DeliveredMail {
  readonly from: string
  readonly to: readonly string[]
  readonly raw: string
  readonly mail: ParsedMail
}

export interface SmtpDouble {
  readonly port: number
  /** How a channel reaches it, without encryption, signed in. */
  readonly server: { host: string; port: number; security: 'none'; user: string; password: string }
  /** What it has taken, in order. */
  readonly mails: DeliveredMail[]
  /** Every mail that was handed over whole, also those it then refused or forgot to answer. */
  readonly handedOver: string[]
  /** Names of recipients that it does not know. */
  readonly unknown: Set<string>
  /** The next conversations meet this trouble, one each, in order. */
  trouble(...next: SmtpTrouble[]): void
  close(): Promise<void>
}

const user = 'ventas'
const password = 'clave-de-prueba'

/**
 * A mail server that takes what it is given, records it, and can misbehave as real ones do. It knows as much of RFC 5321
 * as a client needs: EHLO, AUTH PLAIN (RFC 4954), MAIL, RCPT, DATA, RSET, QUIT.
 */
export async function startSmtpDouble(): Promise<SmtpDouble> {
  const mails: DeliveredMail[] = []
  const handedOver: string[] = []
  const troubles: SmtpTrouble[] = []
  const unknown = new Set<string>()
  const open = new Set<Socket>()

  function converse(socket: Socket): void {
    open.add(socket)
    socket.on('close', () => open.delete(socket)).on('error', () => socket.destroy())
    const trouble = troubles.shift()
    let from = ''
    let to: string[] = []
    let data: string[] | null = null
    let rest = ''

    const say = (step: SmtpStep, answer: string) => {
      if (trouble?.at !== step) return void socket.write(`${answer}\r\n`)
      if (trouble.with === 'cut') return void socket.destroy()
      if (trouble.with === 'silence') return
      socket.write(`${trouble.with}\r\n`)
      if (trouble.with.startsWith('421')) socket.end()
    }
    const refusedAt = (step: SmtpStep) => trouble?.at === step

    async function keep(raw: string): Promise<void> {
      handedOver.push(raw)
      if (!refusedAt('end')) mails.push({ from, to, raw, mail: await simpleParser(raw) })
      say('end', '250 2.0.0 kept')
    }

    function hear(line: string): void {
      if (data !== null) {
        if (line !== '.') return void data.push(line.replace(/^\./, ''))
        const raw = data.join('\r\n')
        data = null
        return void keep(raw)
      }
      const [verb = ''] = line.split(' ')
      const address = /<([^>]*)>/.exec(line)?.[1] ?? ''
      switch (verb.toUpperCase()) {
        case 'EHLO':
          socket.write('250-double\r\n250-8BITMIME\r\n250-SIZE 40000000\r\n250 AUTH PLAIN\r\n')
          return
        case 'AUTH': {
          const [, given, key] = Buffer.from(line.split(' ')[2] ?? '', 'base64')
            .toString()
            .split('\0')
          return say('auth', given === user && key === password ? '235 2.7.0 welcome' : '535 5.7.8 wrong password')
        }
        case 'MAIL':
          from = address
          to = []
          return say('mail', '250 2.1.0 ok')
        case 'RCPT':
          if (unknown.has(address)) return void socket.write('550 5.1.1 no such user here\r\n')
          if (!refusedAt('rcpt')) to.push(address)
          return say('rcpt', '250 2.1.5 ok')
        case 'DATA':
          if (!refusedAt('data')) data = []
          return say('data', '354 go on')
        case 'QUIT':
          return void socket.end('221 bye\r\n')
        case 'RSET':
          return void socket.write('250 2.0.0 ok\r\n')
        default:
          socket.write('502 5.5.1 not here\r\n')
      }
    }

    socket.on('data', (chunk) => {
      const lines = (rest + chunk.toString('latin1')).split('\r\n')
      rest = lines.pop() ?? ''
      lines.forEach(hear)
    })
    say('greeting', '220 double ESMTP')
  }

  const server = createServer(converse)
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done)
  })
  const { port } = server.address() as AddressInfo
  return {
    port,
    server: { host: '127.0.0.1', port, security: 'none', user, password },
    mails,
    handedOver,
    unknown,
    trouble: (...next) => void troubles.push(...next),
    async close() {
      for (const socket of open) socket.destroy()
      await new Promise((done) => server.close(done))
    },
  }
}
