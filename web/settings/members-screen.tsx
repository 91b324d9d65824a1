/** Placeholder until the screen stands. */
export default function MembersScreen() {
  return <h1>MembersScreen</h1>
}
