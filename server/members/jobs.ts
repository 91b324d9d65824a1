import type { Deps } from '../deps.ts'

/** Mails go out after the commit that asked for them, again and again until the server takes them. */
export async function startMemberJobs(deps: Deps): Promise<void> {
  await deps.jobs.work('send-mail', async (mail) => {
    await deps.mail?.send(mail)
  })
}
