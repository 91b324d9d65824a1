/** What lists and records of contacts need for acts on many of them. */
export { SelectionActs, type SelectionAct } from './act-dialogs.tsx'
export { ChooseMore } from './choose-more.tsx'
export { DeleteContacts } from './delete-contacts.tsx'
export { ExportContacts } from './export-contacts.tsx'
export { PageBox, RowBox } from './selection-boxes.tsx'
export { SelectionBar } from './selection-bar.tsx'
export { useSelection, type ListSelection } from './use-selection.ts'
