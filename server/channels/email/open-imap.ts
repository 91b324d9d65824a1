import { connect as connectTls, type ConnectionOptions } from 'node:tls'
import type { Socket } from 'node:net'
import { ImapFlow, type ImapTransport, type ImapTransportOptions } from 'imapflow'
import { openConnection, type Reach } from './reach-server.ts'
import type { EmailSettings } from './settings.ts'

export type Mailbox = NonNullable<EmailSettings['imap']>

/** A whole mail, with room for what surrounds it in an answer. */
const largestAnswer = 40 * 1024 * 1024

/**
 * Connects and signs in, with the encryption that was asked for or not at all; reads only. The caller closes it.
 * @throws what `describeProblem` reads
 */
export async function openImap(server: Mailbox, reach: Reach, signal: AbortSignal): Promise<ImapFlow> {
  signal.throwIfAborted()
  const socket = await openConnection(server, reach)
  const client = new ImapFlow({
    host: server.host,
    port: server.port,
    secure: server.security === 'tls',
    doSTARTTLS: server.security === 'starttls',
    auth: { user: server.user, pass: server.password },
    transport: overSocket(socket),
    logger: false,
    clientInfo: { name: 'Ficha' },
    connectionTimeout: 20_000,
    greetingTimeout: 20_000,
    socketTimeout: 120_000,
    autoIdleDelay: 50,
    // below what servers and routers allow a connection to be silent
    maxIdleTime: 100_000,
    disableCompression: true,
    maxLineLength: 1024 * 1024,
    maxLiteralSize: largestAnswer,
    maxResponseSize: largestAnswer + 2 * 1024 * 1024,
    maxResponseTokens: 200_000,
  })
  // an error is told to whoever waits for an answer, and the connection closes after it
  client.on('error', () => undefined)
  const stop = () => client.close()
  const forget = () => signal.removeEventListener('abort', stop)
  signal.addEventListener('abort', stop)
  client.once('close', forget)
  try {
    await client.connect()
    return client
  } catch (error) {
    client.close()
    forget()
    socket.destroy()
    throw error
  }
}

/** Speaks over a connection whose address has been checked already. */
function overSocket(socket: Socket): ImapTransport {
  const encrypt = ({ servername, tls }: ImapTransportOptions, ready: () => void) => {
    const options: ConnectionOptions = { ...tls, socket, ...(servername === undefined ? {} : { servername }) }
    return connectTls(options, ready)
  }
  return {
    connect(options, ready) {
      if (options.secure) return encrypt(options, ready)
      setImmediate(ready)
      return socket
    },
    upgrade: (_plain, options, ready) => encrypt(options, ready),
  }
}
