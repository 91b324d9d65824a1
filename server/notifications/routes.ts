import { forMember, reading, writing } from '../http/endpoint.ts'
import { findUnread } from './find-unread.ts'
import { listNotifications } from './list-notifications.ts'
import { markAllRead, markSomeRead } from './mark-notifications.ts'
import { getSettings, updateSettings } from './settings.ts'

export const notificationRoutes = {
  list: forMember.notifications.list.handler(reading(listNotifications)),
  unread: forMember.notifications.unread.handler(reading(findUnread)),
  markRead: forMember.notifications.markRead.handler(writing(markSomeRead)),
  markAllRead: forMember.notifications.markAllRead.handler(writing(markAllRead)),
  settings: forMember.notifications.settings.handler(reading(getSettings)),
  updateSettings: forMember.notifications.updateSettings.handler(writing(updateSettings)),
}
