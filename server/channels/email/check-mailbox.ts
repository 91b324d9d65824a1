import type { CheckResult } from '#contract/channels.ts'
import { ProviderRefusal } from '../provider-refusal.ts'
import { runCheck, type Trial } from '../run-check.ts'
import { describeProblem } from './mail-problem.ts'
import { openImap, type Mailbox } from './open-imap.ts'
import { openSmtp } from './open-smtp.ts'
import type { Reach } from './reach-server.ts'
import type { EmailSettings } from './settings.ts'

/** Signs in at the server for sending, at the mailbox, and opens the folder; sends and changes nothing. */
export function checkMailbox({ smtp, imap }: EmailSettings, reach: Reach, signal: AbortSignal): Promise<CheckResult> {
  const trial = (step: string, run: () => Promise<string | null>): Trial => ({
    step,
    run: () =>
      run().catch((error: unknown) => {
        throw describeProblem(error)
      }),
  })
  return runCheck([
    trial('smtp', async () => {
      const session = await openSmtp(smtp, reach, signal)
      session.close()
      return null
    }),
    ...(imap === null
      ? []
      : [
          trial('imap', async () => {
            const client = await openImap(imap, reach, signal)
            client.close()
            return null
          }),
          trial('folder', () => countMails(imap, reach, signal)),
        ]),
  ])
}

async function countMails(imap: Mailbox, reach: Reach, signal: AbortSignal): Promise<string> {
  const client = await openImap(imap, reach, signal)
  try {
    const { exists } = await openFolder(client, imap.folder)
    return String(exists)
  } finally {
    client.close()
  }
}

/** Opens a folder for reading: nothing is marked as seen. @throws ProviderRefusal `folder-missing` */
export async function openFolder(client: Awaited<ReturnType<typeof openImap>>, folder: string) {
  try {
    return await client.mailboxOpen(folder, { readOnly: true })
  } catch (error) {
    const {
      responseStatus,
      mailboxMissing,
      responseText = null,
    } = error as {
      responseStatus?: string
      mailboxMissing?: boolean
      responseText?: string
    }
    if (mailboxMissing !== true && responseStatus !== 'NO') throw error
    throw new ProviderRefusal({ code: 'folder-missing', detail: responseText ?? folder, lineBroken: true })
  }
}
