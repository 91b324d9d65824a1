import { forMember, reading, writing } from '../http/endpoint.ts'
import { addClosingNote } from './add-closing-note.ts'
import { addNote } from './add-note.ts'
import { assignContact } from './assign-contact.ts'
import { closeConversation } from './close-conversation.ts'
import { countUnread } from './count-unread.ts'
import { editClosingNote } from './edit-closing-note.ts'
import { getEmailHtml } from './get-email-html.ts'
import { getThread } from './get-thread.ts'
import { listClosingNotes } from './list-closing-notes.ts'
import { listConversations } from './list-conversations.ts'
import { listUndelivered } from './list-undelivered.ts'
import { markRead } from './mark-read.ts'
import { openConversation } from './open-conversation.ts'
import { removeClosingNote } from './remove-closing-note.ts'
import { removeContactChannel, restoreContactChannel } from './remove-contact-channel.ts'
import { sendAgain } from './send-again.ts'
import { sendAllAgain } from './send-all-again.ts'
import { sendMessage } from './send-message.ts'
import { settleMessage } from './settle-message.ts'
import { snoozeConversation } from './snooze-conversation.ts'
import { startConversation } from './start-conversation.ts'

const { contactChannels, conversations } = forMember

export const contactChannelRoutes = {
  remove: contactChannels.remove.handler(writing(removeContactChannel)),
  restore: contactChannels.restore.handler(writing(restoreContactChannel)),
}

export const conversationRoutes = {
  list: conversations.list.handler(reading(listConversations)),
  counts: conversations.counts.handler(reading(countUnread)),
  thread: conversations.thread.handler(reading(getThread)),
  emailHtml: conversations.emailHtml.handler(reading(getEmailHtml)),
  start: conversations.start.handler(writing(startConversation)),
  send: conversations.send.handler(writing(sendMessage)),
  sendAgain: conversations.sendAgain.handler(writing(sendAgain)),
  settle: conversations.settle.handler(writing(settleMessage)),
  undelivered: conversations.undelivered.handler(reading(listUndelivered)),
  sendAllAgain: conversations.sendAllAgain.handler(writing(sendAllAgain)),
  addNote: conversations.addNote.handler(writing(addNote)),
  assign: conversations.assign.handler(writing(assignContact)),
  close: conversations.close.handler(writing(closeConversation)),
  open: conversations.open.handler(writing(openConversation)),
  snooze: conversations.snooze.handler(writing(snoozeConversation)),
  markRead: conversations.markRead.handler(writing(markRead)),
  closingNotes: conversations.closingNotes.handler(reading(listClosingNotes)),
  addClosingNote: conversations.addClosingNote.handler(writing(addClosingNote)),
  editClosingNote: conversations.editClosingNote.handler(writing(editClosingNote)),
  removeClosingNote: conversations.removeClosingNote.handler(writing(removeClosingNote)),
}
