/** Placeholder until the screen stands. */
export default function InboxScreen() {
  return <h1>InboxScreen</h1>
}
