import { z } from 'zod'
import { reads, writes } from './base.ts'
import { Cursor, Id, Limit, MessageId, Nothing, Timestamp, page } from './primitives.ts'

/** Somebody gave you a contact; a contact of yours wrote; somebody called you in a note. */
export const NotificationKind = z.enum(['assigned', 'message', 'mention'])
export type NotificationKind = z.infer<typeof NotificationKind>

/** `desktop`: in the application, and by the browser where it may. */
export const NotificationLevel = z.enum(['desktop', 'app', 'off'])
export type NotificationLevel = z.infer<typeof NotificationLevel>

export const Notification = z.object({
  /** Its time in microseconds; moves on with each further message of the contact. */
  id: MessageId,
  at: Timestamp,
  kind: NotificationKind,
  contact: z.object({ id: Id, displayName: z.string().nullable(), pictureUrl: z.string().nullable() }),
  /** Who assigned or mentioned. */
  by: z.object({ memberId: Id, name: z.string() }).nullable(),
  /** The beginning of the last message, or of the note. */
  text: z.string().nullable(),
  /** How many messages of the contact it stands for. */
  messages: z.number().int(),
  isRead: z.boolean(),
})
export type Notification = z.infer<typeof Notification>

export const NotificationSettings = z.object({
  assigned: NotificationLevel,
  message: NotificationLevel,
  mention: NotificationLevel,
})
export type NotificationSettings = z.infer<typeof NotificationSettings>

export const notifications = {
  /** Your own, newest first, of contacts that you see. */
  list: reads('inbox.use', '/notifications')
    .input(z.object({ cursor: Cursor.nullish(), limit: Limit }))
    .output(page(Notification)),
  /** How many you have not read, counted to 100, and the newest ten of them. */
  unread: reads('inbox.use', '/notifications/unread').output(
    z.object({ count: z.number().int(), items: z.array(Notification) }),
  ),
  markRead: writes('inbox.use', '/notifications/read')
    .input(z.object({ notificationIds: z.array(MessageId).min(1).max(100) }))
    .output(Nothing),
  /** All up to that one. */
  markAllRead: writes('inbox.use', '/notifications/read-all')
    .input(z.object({ upTo: MessageId }))
    .output(Nothing),
  settings: reads('inbox.use', '/notifications/settings').output(NotificationSettings),
  /** What is not named stays as it is. Holds from the next event on. */
  updateSettings: writes('inbox.use', '/notifications/settings', 'PATCH')
    .input(NotificationSettings.partial())
    .output(NotificationSettings),
}
