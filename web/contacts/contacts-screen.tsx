/** Placeholder until the screen stands. */
export default function ContactsScreen() {
  return <h1>ContactsScreen</h1>
}
