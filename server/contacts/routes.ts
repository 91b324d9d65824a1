import { forMember, reading, writing } from '../http/endpoint.ts'
import { countContacts } from './count-contacts.ts'
import { createContact } from './create-contact.ts'
import { getColumns } from './get-columns.ts'
import { getContact } from './get-contact.ts'
import { listContacts } from './list-contacts.ts'
import { removeAlternate } from './remove-alternate.ts'
import { setColumns } from './set-columns.ts'
import { tagContact } from './tag-contact.ts'
import { untagContact } from './untag-contact.ts'
import { takeBackEdit } from './take-back-edit.ts'
import { updateContact } from './update-contact.ts'

export const contactRoutes = {
  list: forMember.contacts.list.handler(reading(listContacts)),
  count: forMember.contacts.count.handler(reading(countContacts)),
  columns: forMember.contacts.columns.handler(reading(getColumns)),
  setColumns: forMember.contacts.setColumns.handler(writing(setColumns)),
  get: forMember.contacts.get.handler(reading(getContact)),
  create: forMember.contacts.create.handler(writing(createContact)),
  update: forMember.contacts.update.handler(writing(updateContact)),
  takeBack: forMember.contacts.takeBack.handler(writing(takeBackEdit)),
  removeAlternate: forMember.contacts.removeAlternate.handler(writing(removeAlternate)),
  tag: forMember.contacts.tag.handler(writing(tagContact)),
  untag: forMember.contacts.untag.handler(writing(untagContact)),
}
