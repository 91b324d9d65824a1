import { SMTPServer, type SMTPServerDataStream, type SMTPServerEnvelope } from 'smtp-server'
import { simpleParser } from 'mailparser'
import { waitFor } from '../testing/wait-for.ts'

export interface ReceivedMail {
  readonly to: string
  readonly from: string
  readonly subject: string
  readonly text: string
}

/** A mail server that keeps what it is handed; `refuse` makes it turn everything away for a while. */
export async function startMailServer() {
  const mails: ReceivedMail[] = []
  const state = { refuse: false, attempts: 0 }
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onMailFrom(_address, _session, done) {
      state.attempts++
      done(state.refuse ? Object.assign(new Error('not now'), { responseCode: 451 }) : null)
    },
    onData(stream, session, done) {
      void keep(stream, session.envelope).finally(() => done())
    },
  })
  const keep = async (stream: SMTPServerDataStream, { mailFrom, rcptTo }: SMTPServerEnvelope) => {
    const mail = await simpleParser(stream)
    mails.push({
      to: rcptTo.map((one) => one.address).join(),
      from: mailFrom === false ? '' : mailFrom.address,
      subject: mail.subject ?? '',
      text: mail.text ?? '',
    })
  }
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `smtp://127.0.0.1:${port}?from=ficha@example.org`,
    state,
    mails,
    waitForMail: (to: string, after = 0) =>
      waitFor(`a mail to ${to}`, () => mails.slice(after).findLast((mail) => mail.to === to)),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(resolve)
      }),
  }
}
