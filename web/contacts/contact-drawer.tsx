/** Placeholder until the record stands. */
export default function ContactDrawer(props: { contactId: number; onClose: () => void; place: 'inbox' | 'contacts' }) {
  return <div>{props.contactId}</div>
}
