import { execFileSync, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { connect, createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { waitFor } from './wait-for.ts'

const binary = ['/usr/sbin/dovecot', '/usr/local/sbin/dovecot', '/opt/homebrew/sbin/dovecot'].find(existsSync)

/** Why no mailbox can be started here; null where one can. */
export const imapMissing: string | null = whyNot()

function whyNot(): string | null {
  if (binary === undefined) return 'dovecot is not installed (apt-get install dovecot-imapd)'
  if (process.getuid?.() !== 0) return 'dovecot is only started by root here'
  const version = execFileSync(binary, ['--version'], { encoding: 'utf8' }).trim()
  return version.startsWith('2.3.') ? null : `dovecot ${version} is configured in another way than 2.3`
}

export interface MailboxServer {
  /** How a channel reaches it. */
  readonly server: { host: string; port: number; security: 'none'; user: string; password: string; folder: string }
  /** Lays a mail into the mailbox as a delivering server does, as of now. Answers its file. */
  deliver(mail: string | Buffer, at?: Date): string
  /** Makes a mail that lies in the mailbox unreadable for the server itself. */
  spoil(file: string): void
  /** Numbers all mails anew, as after a move to other disks. */
  renumber(): void
  /** Ends every conversation, and takes none until `start`. */
  stop(): Promise<void>
  start(): Promise<void>
  changePassword(password: string): void
  close(): Promise<void>
}

// mail servers do not serve root's mail
const owner = 65_534

/** A real IMAP server with one mailbox, on a port and in a folder of its own. */
export async function startMailbox(): Promise<MailboxServer> {
  const folder = mkdtempSync(join(tmpdir(), 'ficha-imap-'))
  chmodSync(folder, 0o755)
  const port = await freePort()
  const user = 'ventas'
  const password = 'clave-de-prueba'
  const box = join(folder, 'mail', user)
  for (const part of ['cur', 'new', 'tmp']) mkdirSync(join(box, part), { recursive: true })
  const own = (path: string) => chownSync(path, owner, owner)
  for (const path of [join(folder, 'mail'), box, ...['cur', 'new', 'tmp'].map((part) => join(box, part))]) own(path)
  const changePassword = (next: string) =>
    writeFileSync(join(folder, 'users'), `${user}:{PLAIN}${next}:${owner}:${owner}::${folder}/mail::\n`, {
      mode: 0o644,
    })
  changePassword(password)
  writeFileSync(join(folder, 'dovecot.conf'), configuration(folder, port))

  let running: { pid: number; ended: Promise<unknown> } | null = null
  const start = async () => {
    const child = spawn(binary!, ['-F', '-c', join(folder, 'dovecot.conf')], { stdio: 'ignore', detached: true })
    running = {
      pid: child.pid!,
      ended: new Promise((done) => {
        child.once('exit', done)
      }),
    }
    await waitFor('dovecot to listen', () => answers(port))
  }
  const stop = async () => {
    if (running === null) return
    process.kill(running.pid, 'SIGTERM')
    await running.ended
    // who speaks with a mailbox at that moment would go on for ten seconds more
    try {
      process.kill(-running.pid, 'SIGKILL')
    } catch {
      // nobody did
    }
    running = null
  }
  const forgetIndexes = () => {
    for (const name of readdirSync(box))
      if (name.startsWith('dovecot')) rmSync(join(box, name), { recursive: true, force: true })
  }
  let validity = 1000
  let count = 0
  await start()
  return {
    server: { host: '127.0.0.1', port, security: 'none', user, password, folder: 'INBOX' },
    deliver(mail, at = new Date()) {
      // numbers are given in the order of the names
      const name = `${1_700_000_000 + count++}.${randomUUID()}.test`
      writeFileSync(join(box, 'tmp', name), mail)
      own(join(box, 'tmp', name))
      utimesSync(join(box, 'tmp', name), at, at)
      renameSync(join(box, 'tmp', name), join(box, 'new', name))
      return name
    },
    spoil(file) {
      const found = ['new', 'cur']
        .flatMap((part) => readdirSync(join(box, part)).map((name) => join(box, part, name)))
        .find((path) => path.includes(file))
      chownSync(found!, 0, 0)
      chmodSync(found!, 0)
    },
    renumber() {
      forgetIndexes()
      validity++
      writeFileSync(join(box, 'dovecot-uidlist'), `3 V${validity} N1\n`)
      own(join(box, 'dovecot-uidlist'))
    },
    stop,
    start,
    changePassword,
    async close() {
      await stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const configuration = (folder: string, port: number) => `
base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login
auth_failure_delay = 0
mail_location = maildir:${folder}/mail/%u
first_valid_uid = ${owner}
first_valid_gid = ${owner}
passdb {
  driver = passwd-file
  args = ${folder}/users
}
userdb {
  driver = passwd-file
  args = ${folder}/users
}
namespace inbox {
  inbox = yes
}
service anvil {
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service imap-login {
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
`

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done)
  })
  const { port } = server.address() as AddressInfo
  await new Promise((done) => server.close(done))
  return port
}

const answers = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('data', () => {
      resolve(true)
      socket.destroy()
    })
    socket.once('error', () => resolve(false))
  })
