import { cleanMailHtml } from '../channels/email/sanitise-mail.ts'
import { fileUrl } from '../files/upload-files.ts'
import type { ReadContext } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import { findVisibleContact } from './find-visible-contact.ts'
import type { ParsedInput } from './parsed-input.ts'

/** A mail's HTML, cleaned for a sandboxed frame. Pictures inside the mail are its own files; from elsewhere only when asked for. */
export async function getEmailHtml(
  { db, actor }: ReadContext,
  input: ParsedInput<'emailHtml'>,
): Promise<{ html: string; hasRemoteContent: boolean }> {
  const { contactId } = await findVisibleContact(db, actor, input.contactId)
  const mail = await db
    .selectFrom('message_html')
    .innerJoin('contact', (join) =>
      join
        .onRef('contact.workspace_id', '=', 'message_html.workspace_id')
        .onRef('contact.id', '=', 'message_html.contact_id'),
    )
    .select('message_html.html')
    .where('message_html.workspace_id', '=', actor.workspaceId)
    .where('message_html.message_id', '=', input.messageId)
    .where(({ fn }) => fn.coalesce('contact.root_id', 'contact.id'), '=', contactId)
    .executeTakeFirst()
  if (mail === undefined) return fail('NOT_FOUND')
  const files = await db
    .selectFrom('attachment')
    .select(['id', 'content_id'])
    .where('workspace_id', '=', actor.workspaceId)
    .where('message_id', '=', input.messageId)
    .where('content_id', 'is not', null)
    .where('state', '=', 'stored')
    .execute()
  const urls = new Map(files.map(({ id, content_id }) => [content_id ?? '', fileUrl(actor.workspaceId, id)]))
  return cleanMailHtml(mail.html, {
    remoteContent: input.remoteContent,
    fileUrl: (contentId) => urls.get(contentId) ?? null,
  })
}
